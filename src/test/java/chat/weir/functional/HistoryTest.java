package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Section 3 of the protocol: paging through the history, and deleting messages. */
class HistoryTest {
    private final TestServer server = TestServer.with("MESSAGE_RATE", "0");
    private final TestClient bob = server.connectAs("bob", "/fishing");

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends messages {@code text 0}, {@code text 1} and so on. @return their ids */
    private List<Long> say(int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bob.say("text " + i);
            ids.add(bob.expect("message").get("id").asLong());
        }
        return ids;
    }

    private static List<Long> ids(JsonNode history) {
        List<Long> ids = new ArrayList<>();
        history.get("messages").forEach(message -> ids.add(message.get("id").asLong()));
        return ids;
    }

    private JsonNode history(String more) {
        bob.send("{'type':'history'" + more + "}");
        return bob.expect("history");
    }

    @Test
    void returnsTheLatestTenMessagesOldestFirst() {
        List<Long> all = say(12);
        JsonNode page = history("");
        assertEquals(all.subList(2, 12), ids(page));
        assertEquals(all.get(2), page.get("next").asLong());
        JsonNode last = page.get("messages").get(9);
        assertEquals("text 11", last.get("text").asString());
        assertEquals("bob", last.get("user").asString());
        assertTrue(last.get("timestamp").isIntegralNumber());
        assertEquals(4, last.size(), last::toString);
    }

    @Test
    void pagesToTheBeginningAndToTheEnd() {
        List<Long> all = say(25);
        JsonNode page = history(",'limit':10");
        page = history(",'limit':10,'before':" + page.get("next"));
        assertEquals(all.subList(5, 15), ids(page));
        page = history(",'limit':10,'before':" + page.get("next"));
        assertEquals(all.subList(0, 5), ids(page));
        assertFalse(page.has("next"), "the last page has no next");

        page = history(",'limit':15,'after':0");
        assertEquals(all.subList(0, 15), ids(page));
        page = history(",'limit':10,'after':" + page.get("next"));
        assertEquals(all.subList(15, 25), ids(page));
        assertFalse(page.has("next"), "the last page has no next");
        assertEquals(List.of(), ids(history(",'after':" + all.get(24))));
    }

    @Test
    void repeatsTheRef() {
        assertEquals("7", history(",'ref':'7'").get("ref").asString());
    }

    @Test
    void isReadableWithoutAName() {
        say(1);
        TestClient reader = server.connect("/fishing");
        reader.send("{'type':'history'}");
        assertEquals(1, reader.await("history").get("messages").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'limit':0 | limit must be a whole number from 1 to 100",
                "'limit':101 | limit must be a whole number from 1 to 100",
                "'limit':'10' | limit must be a whole number from 1 to 100",
                "'limit':1.5 | limit must be a whole number from 1 to 100",
                "'before':-1 | before must be a whole number",
                "'before':99999999999999999999 | before must be a whole number",
                "'before':1,'after':1 | before and after cannot be combined",
                "'channel':'a//b' | the channel id contains a segment",
                "'channel':7 | channel must be a string",
            })
    void explainsAnInvalidRequest(String fields, String message) {
        bob.send("{'type':'history'," + fields + ",'ref':'r'}");
        JsonNode error = bob.expectError(400);
        assertTrue(error.get("message").asString().contains(message), error::toString);
        assertEquals("r", error.get("ref").asString());
    }

    @Test
    void isRefusedToClientsOutsideTheChannel() {
        bob.send("{'type':'history','channel':'boats'}");
        assertEquals(
                "you are not in the channel boats: join it first",
                bob.expectError(403).get("message").asString());
    }

    @Test
    void deletesForTheAuthorAndNotifiesTheChannel() {
        TestClient alice = server.connectAs("alice", "/fishing");
        List<Long> all = say(3);
        all.forEach(id -> alice.expect("message"));
        bob.send("{'type':'delete','id':" + all.get(1) + ",'ref':'d'}");
        String deleted = "{'type':'delete','id':" + all.get(1) + ",'user':'bob'}";
        long seq = bob.expectChange(deleted);
        assertTrue(seq > all.get(2));
        bob.expectExactly("{'type':'delete','ref':'d'}");
        assertEquals(seq, alice.expectChange(deleted));
        assertEquals(List.of(all.get(0), all.get(2)), ids(history("")));
        bob.send("{'type':'delete','id':" + all.get(1) + "}");
        bob.expectError(404);
    }

    @Test
    void refusesDeletionToOthers() {
        TestClient alice = server.connectAs("alice", "/fishing");
        long id = say(1).get(0);
        alice.expect("message");
        alice.send("{'type':'delete','id':" + id + "}");
        alice.expectError(403);
        TestClient nobody = server.connect("/fishing?heartbeat=pong");
        nobody.send("{'type':'delete','id':" + id + "}");
        nobody.expectError(401);
        assertEquals(List.of(id), ids(history("")));
    }

    @Test
    void refusesDeletionToALaterGuestOfTheSameName() {
        long id = say(1).get(0);
        bob.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 0);
        server.advance(Duration.ofSeconds(1));
        TestClient other = server.connectAs("bob", "/fishing");
        other.send("{'type':'delete','id':" + id + "}");
        other.expectError(403);
    }

    @Test
    void processesRequestsInOrder() {
        bob.send("{'type':'history','ref':'1'}");
        bob.send("{'type':'message','text':'behind it','ref':'2'}");
        bob.send("{'type':'history','ref':'3'}");
        assertEquals(0, bob.expect("history").get("messages").size());
        bob.expect("message");
        assertEquals("2", bob.expect("ack").get("ref").asString());
        assertEquals(1, bob.expect("history").get("messages").size());
    }

    @Test
    void endsAPageBeforeItExceedsTheClientsQueue() {
        server.close();
        try (TestServer small = TestServer.with("MESSAGE_RATE", "0", "MAX_QUEUED_BYTES", "65536")) {
            TestClient alice = small.connectAs("alice", "/fishing");
            for (int i = 0; i < 10; i++) {
                alice.say("\u0001".repeat(3_999) + ".");
                alice.expect("message");
            }
            int seen = 0;
            String more = "";
            JsonNode page;
            do {
                alice.send("{'type':'history','limit':100" + more + "}");
                page = alice.expect("history");
                seen += page.get("messages").size();
                more = ",'before':" + page.path("next");
            } while (page.has("next"));
            assertEquals(10, seen);
        }
    }
}
