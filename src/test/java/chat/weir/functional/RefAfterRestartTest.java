package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server recognises the messages that were sent to an earlier process on the same database. */
class RefAfterRestartTest {
    private static final String KEY = "the-key-of-the-test-0123456789ab";
    private static final String PASSWORD = "correct horse battery";
    private static final String HI = "{'type':'message','text':'hi','ref':'1'}";

    @TempDir
    private Path directory;

    private DatabaseUrl database;
    private TestServer server;
    private TestClient listener;

    @BeforeEach
    void start() {
        start(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
    }

    private void start(DatabaseUrl at) {
        database = at;
        server = serverOn(at);
        listener = server.connect("/fishing?heartbeat=pong");
    }

    private static TestServer serverOn(DatabaseUrl at) {
        return TestServer.with(
                "DATABASE_URL", at.url(),
                "DATABASE_USER", at.user(),
                "DATABASE_PASSWORD", at.password(),
                "API_KEYS", KEY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        start(database);
    }

    private TestClient logIn() {
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        alice.send("{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        alice.expect("auth");
        return alice;
    }

    /** Claims the name bob. @return the new secret */
    private String identify(TestClient client, String resume) {
        client.send("{'type':'identity','user':'bob','resume':'" + resume + "'}");
        String secret = client.expect("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        client.await("heartbeat");
        return secret;
    }

    private static JsonNode publish(TestClient client) {
        client.send(HI);
        client.expect("message");
        return client.expect("ack");
    }

    private static void assertRecognised(JsonNode first, TestClient client) {
        client.send(HI);
        assertEquals(first, client.expect("ack"));
    }

    private void recognisesAMessageOfAnAccount() {
        new TestApi(server.port()).register("alice", PASSWORD);
        JsonNode first = publish(logIn());
        restart();
        TestClient alice = logIn();
        assertRecognised(first, alice);
        assertRecognised(first, alice);
        alice.send("{'type':'message','text':'hi','ref':'2'}");
        alice.expect("message");
        assertNotEquals(first.get("id"), alice.expect("ack").get("id"));
        listener.expect("message");
        listener.expectNothing();
        assertEquals(2, listener.ask("'type':'history'").get("messages").size());
    }

    @Test
    void recognisesAMessageOfAnAccountOnSqlite() {
        recognisesAMessageOfAnAccount();
    }

    @Test
    void recognisesAMessageOfAnAccountOnPostgresql() {
        server.close();
        start(PostgresServer.freshDatabase());
        recognisesAMessageOfAnAccount();
    }

    @Test
    void recognisesAMessageThatWasSentToAnotherServer() {
        server.close();
        start(PostgresServer.freshDatabase());
        new TestApi(server.port()).register("alice", PASSWORD);
        TestServer first = server;
        publish(logIn());
        start(database);
        try (first;
                TestServer second = server) {
            publish(logIn(), "2");
            server = first;
            TestClient alice = logIn();
            JsonNode third = publish(alice, "3");
            alice.close();
            server = second;
            alice = logIn();
            alice.send("{'type':'message','text':'hi','ref':'3'}");
            assertEquals(third, alice.expect("ack"));
        }
    }

    private static JsonNode publish(TestClient client, String ref) {
        client.send("{'type':'message','text':'hi','ref':'" + ref + "'}");
        client.expect("message");
        return client.expect("ack");
    }

    @Test
    void recognisesAMessageOfAGuestByTheirSecret() {
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        String secret = identify(bob, "");
        JsonNode first = publish(bob);
        for (int i = 0; i < 2; i++) {
            restart();
            TestClient again = server.connect("/fishing?heartbeat=pong");
            secret = identify(again, secret);
            assertRecognised(first, again);
        }
        listener.expectNothing();
    }

    @Test
    void publishesAMessageOfAnotherGuestOfTheSameName() {
        JsonNode first = publish(server.connectAs("bob", "/fishing"));
        restart();
        assertNotEquals(
                first.get("id"), publish(server.connectAs("bob", "/fishing")).get("id"));
        listener.expect("message");
    }

    @Test
    void publishesAnotherTextOrAfterFiveMinutes() {
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        String secret = identify(bob, "");
        JsonNode first = publish(bob);
        restart();
        TestClient again = server.connect("/fishing?heartbeat=pong");
        secret = identify(again, secret);
        again.send("{'type':'message','text':'hello','ref':'1'}");
        assertEquals("hello", again.expect("message").get("text").asString());
        restart();
        server.advance(Duration.ofMinutes(5).plusSeconds(1));
        TestClient late = server.connect("/fishing?heartbeat=pong");
        identify(late, secret);
        assertNotEquals(first.get("id"), publish(late).get("id"));
    }

    private JsonNode posted(String user) {
        return new TestApi(server.port())
                .send("POST", "/api/channels/fishing/messages", KEY, "{'text':'hi','ref':'1','user':'" + user + "'}")
                .body();
    }

    @Test
    void recognisesAMessageOfABackendUnderTheSameName() {
        JsonNode first = posted("bot");
        restart();
        assertEquals(first, posted("BOT"));
        assertNotEquals(first, posted("other"));
        assertEquals("other", listener.expect("message").get("user").asString());
        listener.expectNothing();
    }

    private static String thumb(long id) {
        return "'type':'react','id':" + id + ",'emoji':'\uD83D\uDC4D'";
    }

    @Test
    void confirmsRepeatedChangesWithoutSendingThem() {
        new TestApi(server.port()).register("alice", PASSWORD);
        TestClient alice = logIn();
        long id = publish(alice).get("id").asLong();
        String edit = "'type':'edit','id':" + id + ",'text':'hello'";
        String react = thumb(id);
        alice.ask(edit);
        alice.ask(react);
        restart();
        alice = logIn();
        assertEquals("edit", alice.ask(edit).get("type").asString());
        assertEquals("react", alice.ask(react).get("type").asString());
        String delete = "'type':'delete','id':" + id;
        alice.ask(delete);
        listener.expect("delete");
        restart();
        assertEquals("no_such_message", logIn().ask(delete).get("reason").asString());
        listener.expectNothing();
    }

    @Test
    void doesNotKnowWhatAGuestWroteBefore() {
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        String secret = identify(bob, "");
        long id = publish(bob).get("id").asLong();
        bob.ask(thumb(id));
        restart();
        // Not earlier than the time of the message, as if the clock had been set back.
        server.advance(Duration.ofMinutes(1));
        TestClient again = server.connect("/fishing?heartbeat=pong");
        identify(again, secret);
        assertEquals("react", again.ask(thumb(id)).get("type").asString());
        for (String change : new String[] {"'type':'edit','text':'hello'", "'type':'delete'"}) {
            assertEquals(
                    "not_author",
                    again.ask(change + ",'id':" + id).get("reason").asString());
        }
        listener.expectNothing();
    }
}
