package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A ref belongs to a person, not to the spelling of a name. */
class RefTest {
    private static final List<String> KEYS =
            List.of("the-first-key-of-this-test-0123", "the-second-key-of-this-test-012");
    private static final String HI = "{'type':'message','text':'hi','ref':'1'}";

    private final TestServer server = TestServer.with("API_KEYS", String.join(",", KEYS));
    private TestClient listener;

    @BeforeEach
    void listen() {
        listener = server.connect("/fishing?heartbeat=pong");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode expectMessage(TestClient client) {
        client.send(HI);
        client.expect("message");
        return client.expect("ack");
    }

    @Test
    void isNotSharedWithAnEarlierGuestWhoLoggedOut() {
        TestClient bob = server.connectAs("bob", "/fishing");
        JsonNode first = expectMessage(bob);
        bob.send("{'type':'logout'}");
        bob.await("logout");
        JsonNode second = expectMessage(server.connectAs("bob", "/fishing"));
        assertNotEquals(first.get("id"), second.get("id"));
        listener.expect("message");
        listener.expect("message");
    }

    @Test
    void isNotSharedWithAnEarlierGuestWhoDisconnected() {
        TestClient bob = server.connectAs("bob", "/fishing");
        JsonNode first = expectMessage(bob);
        bob.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 1);
        assertNotEquals(
                first.get("id"),
                expectMessage(server.connectAs("BOB", "/fishing")).get("id"));
        listener.expect("message");
        listener.expect("message");
    }

    @Test
    void isNotSharedWithAnEarlierGuestWhoRenamed() {
        TestClient bob = server.connectAs("bob", "/fishing");
        JsonNode first = expectMessage(bob);
        bob.identify("robert");
        assertNotEquals(
                first.get("id"),
                expectMessage(server.connectAs("bob", "/fishing")).get("id"));
        bob.await("message");
        bob.send(HI);
        assertEquals(first, bob.expect("ack"), "the same guest under another name");
    }

    @Test
    void isKeptWhenTheNameIsResumed() {
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.expect("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        bob.await("heartbeat");
        JsonNode first = expectMessage(bob);
        for (int connection = 0; connection < 3; connection++) {
            TestClient again = server.connect("/fishing?heartbeat=pong");
            again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
            secret = again.expect("identity").get("resume").asString();
            again.send(HI);
            assertEquals(first, again.expect("ack"));
        }
        listener.expect("message");
        listener.expectNothing();
    }

    @Test
    void belongsToOneApiKeyAndNameOfABackend() {
        JsonNode first = posted(KEYS.get(0), "bot");
        assertEquals(first, posted(KEYS.get(0), "bot"));
        assertNotEquals(first, posted(KEYS.get(1), "bot"));
        assertNotEquals(first, posted(KEYS.get(0), "other"));
        for (int i = 0; i < 3; i++) {
            listener.expect("message");
        }
        listener.expectNothing();
    }

    private JsonNode posted(String key, String user) {
        return new TestApi(server.port())
                .send("POST", "/api/channels/fishing/messages", key, "{'text':'hi','ref':'1','user':'" + user + "'}")
                .body();
    }
}
