package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients see when messages are older than the history is kept. */
class RetentionTest {
    @TempDir
    private Path directory;

    private TestServer server;
    private TestClient bob;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(boolean isStored, String days) {
        server = TestServer.with(
                "DATABASE_URL",
                isStored ? "jdbc:sqlite:" + directory.resolve("weir.db") : "none",
                "HISTORY_DAYS",
                days);
        bob = server.connectAs("bob", "/fishing");
    }

    private long say(String text) {
        bob.say(text);
        return bob.expect("message").get("id").asLong();
    }

    private JsonNode history(String more) {
        bob.send("{'type':'history'" + more + "}");
        return bob.expect("history");
    }

    private static List<String> texts(JsonNode history) {
        List<String> texts = new ArrayList<>();
        history.get("messages").forEach(message -> texts.add(message.get("text").asString()));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void removesMessagesThatAreOlderThanTheHistoryIsKept(boolean isStored) {
        start(isStored, "1");
        long first = say("one");
        long second = say("two");
        server.time().stepClock(Duration.ofDays(1));
        bob.send("{'type':'message','text':'three','replyTo':" + first + "}");
        long third = bob.expect("message").get("id").asLong();
        say("four");
        long next = history(",'limit':2").get("next").asLong();
        assertEquals(third, next);
        // The first round.
        server.advance(Duration.ofSeconds(5));
        await().until(() -> texts(history("")).equals(List.of("three", "four")));
        JsonNode page = history(",'limit':2");
        assertFalse(page.has("next"), page::toString);
        assertEquals(first, page.get("messages").get(0).get("replyTo").asLong());
        assertEquals(List.of(), texts(history(",'before':" + next)));
        assertEquals(List.of("three", "four"), texts(history(",'after':" + first)));
        bob.send("{'type':'react','id':" + second + ",'emoji':'\uD83D\uDC4D'}");
        assertEquals("no_such_message", bob.expectError(404).get("reason").asString());

        server.open("/fishing?heartbeat=pong&since=" + first)
                .expectExactly("{'type':'connection','id':'fishing','recovered':'false'}");
        TestClient missedNothing = server.open("/fishing?heartbeat=pong&since=" + second);
        missedNothing.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals("three", missedNothing.expect("message").get("text").asString());
        assertEquals("four", missedNothing.expect("message").get("text").asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsMessagesForeverByDefault(boolean isStored) {
        start(isStored, "0");
        say("one");
        server.time().stepClock(Duration.ofDays(36_500));
        server.advance(Duration.ofSeconds(20));
        await().during(Duration.ofMillis(200)).until(() -> texts(history("")).equals(List.of("one")));
    }
}
