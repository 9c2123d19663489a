package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Section 3 of the protocol: read positions. */
class ReadTest {
    private static final String PASSWORD = "correct horse";
    private static final Duration A_ROUND = Duration.ofSeconds(1);

    private TestServer server = TestServer.with("MESSAGE_RATE", "0");
    private int said;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestApi api() {
        return new TestApi(server.port());
    }

    private TestClient account(String name, String path) {
        api().register(name, PASSWORD);
        return logIn(name, path);
    }

    private TestClient logIn(String name, String path) {
        TestClient client = server.connect(path + "?heartbeat=pong");
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    /** Says something in the URL's channel. @return the id of the message */
    private long say(TestClient client) {
        // The same text with the same ref would be the same message.
        said++;
        return client.ask("'type':'message','text':'hello " + said + "'")
                .get("id")
                .asLong();
    }

    private static void read(TestClient client, long id) {
        assertEquals("read", client.ask("'type':'read','id':" + id).get("type").asString());
    }

    private static String refusal(TestClient client, String fields, int code) {
        JsonNode error = client.ask("'type':'read'," + fields);
        assertEquals(code, error.path("code").asInt(), error::toString);
        return error.get("reason").asString();
    }

    /** Reads the next notice of a read position. Skips all else. */
    private static JsonNode awaitRead(TestClient client) {
        JsonNode envelope = client.next();
        while (!envelope.get("type").asString().equals("read")) {
            envelope = client.next();
        }
        return envelope;
    }

    /** The read positions of which a client is told before the reply to an envelope that is sent now. */
    private static List<Long> readBeforeAReply(TestClient client) {
        List<Long> read = new ArrayList<>();
        client.send("{'type':'ping','ref':'p'}");
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals("p")) {
            if (envelope.get("type").asString().equals("read")) {
                read.add(envelope.get("id").asLong());
            }
            envelope = client.next();
        }
        return read;
    }

    private static void assertNothingRead(TestClient client) {
        assertEquals(List.of(), readBeforeAReply(client));
    }

    private JsonNode channels(String user) {
        TestApi api = api();
        return api.send("GET", "/api/accounts/me/channels", api.logIn(user, PASSWORD), null)
                .body()
                .get("channels");
    }

    @Test
    void tellsTheOtherConnectionsOfTheAccountInTheChannel() {
        TestClient alice = account("alice", "/fishing");
        TestClient second = logIn("alice", "/fishing");
        TestClient joined = logIn("alice", "/boats");
        joined.send("{'type':'join','channel':'fishing'}");
        joined.await("connection");
        TestClient elsewhere = logIn("alice", "/lakes");
        TestClient bob = account("bob", "/fishing");
        long id = say(alice);
        read(alice, id);
        server.advance(A_ROUND);
        JsonNode told = awaitRead(second);
        assertEquals("{\"type\":\"read\",\"id\":" + id + ",\"user\":\"alice\"}", told.toString());
        assertEquals("fishing", awaitRead(joined).get("channel").asString());
        assertNothingRead(alice);
        assertNothingRead(elsewhere);
        assertNothingRead(bob);
    }

    @Test
    void tellsOnlyTheLatestPositionOfASecond() {
        TestClient alice = account("alice", "/fishing");
        TestClient second = logIn("alice", "/fishing");
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = say(alice);
            read(alice, last);
        }
        read(alice, last - 1);
        server.advance(A_ROUND);
        assertEquals(last, awaitRead(second).get("id").asLong());
        read(alice, last - 1);
        long next = say(alice);
        read(alice, next);
        // The first round may still be writing; then the next one is skipped.
        await().until(() -> {
            server.advance(A_ROUND);
            return readBeforeAReply(second).equals(List.of(next));
        });
    }

    @Test
    void tellsTheOtherPersonOfAPrivateChat() {
        TestClient alice = account("alice", "/fishing");
        TestClient bob = account("bob", "/boats");
        String chat = alice.ask("'type':'private','user':'bob'").get("channel").asString();
        bob.await("private");
        long id = alice.ask("'type':'message','text':'hello','channel':'" + chat + "'")
                .get("id")
                .asLong();
        read(bob, id, chat);
        server.advance(A_ROUND);
        JsonNode told = awaitRead(alice);
        assertEquals(
                "{\"type\":\"read\",\"id\":" + id + ",\"user\":\"bob\",\"channel\":\"" + chat + "\"}", told.toString());
        alice.ask("'type':'block','user':'bob'");
        long next = alice.ask("'type':'message','text':'again','channel':'" + chat + "'")
                .get("id")
                .asLong();
        TestClient secondOfBob = logIn("bob", "/boats");
        secondOfBob.send("{'type':'join','channel':'" + chat + "'}");
        secondOfBob.await("connection");
        read(bob, next, chat);
        server.advance(A_ROUND);
        assertEquals(next, awaitRead(secondOfBob).get("id").asLong());
        assertNothingRead(alice);
    }

    private static void read(TestClient client, long id, String channel) {
        JsonNode done = client.ask("'type':'read','id':" + id + ",'channel':'" + channel + "'");
        assertEquals("read", done.get("type").asString(), done::toString);
    }

    @Test
    void refusesWhatIsNoPosition() {
        TestClient alice = account("alice", "/fishing");
        assertEquals("no_such_message", refusal(alice, "'id':1767225600000001", 404));
        long id = say(alice);
        assertEquals("no_such_message", refusal(alice, "'id':" + (id + 1), 404));
        assertEquals("no_such_message", refusal(alice, "'id':9007199254740991", 404));
        assertEquals("invalid_value", refusal(alice, "'id':-1", 400));
        assertEquals("not_member", refusal(alice, "'id':" + id + ",'channel':'boats'", 403));
        alice.ask("'type':'delete','id':" + id);
        read(alice, id);
        read(alice, id - 1);
    }

    @Test
    void acceptsTheNumberOfAChange() {
        TestClient alice = account("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        long id = say(bob);
        bob.send("{'type':'edit','id':" + id + ",'text':'new'}");
        alice.await("message");
        long change = alice.expect("edit").get("seq").asLong();
        assertEquals("no_such_message", refusal(alice, "'id':" + (change + 1), 404));
        read(alice, change);
        JsonNode fishing = channels("alice").get(0);
        assertEquals(change, fishing.get("read").asLong());
        assertEquals(id, fishing.get("last").asLong());
        assertEquals(0, fishing.get("unread").asInt());
        say(bob);
        assertEquals(1, channels("alice").get(0).get("unread").asInt());
    }

    @Test
    void refusesGuests() {
        TestClient anonymous = server.connect("/fishing?heartbeat=pong");
        assertEquals("unauthenticated", refusal(anonymous, "'id':1", 401));
        TestClient bob = server.connectAs("bob", "/fishing");
        assertEquals("account_required", refusal(bob, "'id':" + say(bob), 403));
        TestClient alice = account("alice", "/fishing");
        String chat = bob.ask("'type':'private','user':'alice'").get("channel").asString();
        alice.await("private");
        long id = bob.ask("'type':'message','text':'hello','channel':'" + chat + "'")
                .get("id")
                .asLong();
        assertEquals("forbidden", refusal(alice, "'id':" + id + ",'channel':'" + chat + "'", 403));
    }

    @Test
    void keepsThePositionThatWasSentJustBeforeLeaving() {
        TestClient alice = account("alice", "/fishing");
        long id = say(alice);
        alice.send("{'type':'read','id':" + id + "}");
        alice.close();
        await().until(() -> channels("alice").size() == 1);
        assertEquals(id, channels("alice").get(0).get("read").asLong());
    }

    @Test
    void keepsPositionsAndPrivateChatsOverARestart(@TempDir Path directory) {
        server.close();
        String url = "jdbc:sqlite:" + directory.resolve("weir.db");
        server = TestServer.with("DATABASE_URL", url, "MESSAGE_RATE", "0");
        TestClient alice = account("alice", "/fishing");
        api().register("bob", PASSWORD);
        long id = say(alice);
        read(alice, id);
        String chat = alice.ask("'type':'private','user':'bob'").get("channel").asString();
        long said = alice.ask("'type':'message','text':'hello','channel':'" + chat + "'")
                .get("id")
                .asLong();
        server.close();
        server = TestServer.with("DATABASE_URL", url, "MESSAGE_RATE", "0");
        assertEquals(
                "[{\"id\":\"" + chat + "\",\"users\":[\"alice\",\"bob\"],\"read\":0,\"last\":" + said
                        + ",\"unread\":1}]",
                channels("bob").toString());
        assertEquals(
                "{\"id\":\"fishing\",\"read\":" + id + ",\"last\":" + id + ",\"unread\":0}",
                channels("alice").get(1).toString());
        TestClient again = logIn("alice", "/fishing");
        read(again, id);
        assertEquals("no_such_message", refusal(again, "'id':" + (id + 1), 404));
    }
}
