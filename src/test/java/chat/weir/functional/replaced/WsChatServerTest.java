package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The use cases of ws-chat-server: section 1, with clients that know nothing else. */
class WsChatServerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestServer server = TestServer.with("HEARTBEAT_TIMEOUT", "5s");

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient connect(String path) {
        TestClient client = server.open(path);
        client.expectExactly("{'type':'connection','id':'fishing'}");
        return client;
    }

    /** Answers without a ref, as such a client does, and waits until the server has processed it. */
    private static void answerHeartbeat(TestClient client) {
        client.heartbeat();
        client.send("{'type':'ping'}");
        client.expect("pong");
    }

    private void advanceAndExpectHeartbeat(List<TestClient> clients, String state) {
        server.advance(SECOND);
        clients.forEach(client -> client.expectExactly("{'type':'heartbeat','authenticated':'" + state + "'}"));
    }

    private static void assertGranted(TestClient client, String name) {
        client.send("{'type':'identity','user':'" + name + "'}");
        JsonNode reply = client.expect("identity");
        assertTrue(reply.get("success").isString(), reply::toString);
        assertEquals("true", reply.get("success").stringValue());
    }

    private void assertReceives(TestClient client, String text, String user) {
        JsonNode message = client.expect("message");
        assertEquals(text, message.get("text").stringValue());
        assertEquals(user, message.get("user").stringValue());
        assertTrue(message.get("timestamp").isIntegralNumber(), message::toString);
        assertEquals(
                server.time().clocks().clock().instant().getEpochSecond(),
                message.get("timestamp").longValue());
    }

    @Test
    void connectionAndHeartbeatAndIdentityAndMessageAreSection1() {
        TestClient alice = connect("/fishing");
        TestClient bob = connect("/fishing/");
        List<TestClient> both = List.of(alice, bob);
        alice.say("may I?");
        alice.expectError(401);

        assertGranted(alice, "fishing_beast_5000");
        bob.send("{'type':'identity','user':'fishing_beast_5000'}");
        bob.expectExactly("{'type':'identity','success':'false','reason':'taken'}");
        for (int second = 1; second <= 5; second++) {
            both.forEach(WsChatServerTest::answerHeartbeat);
            advanceAndExpectHeartbeat(both, "false");
        }
        alice.say("too early");
        alice.expectError(401);
        both.forEach(WsChatServerTest::answerHeartbeat);
        server.advance(SECOND);
        alice.expectExactly("{'type':'heartbeat','authenticated':'true'}");
        bob.expectExactly("{'type':'heartbeat','authenticated':'false'}");

        alice.send("{'type':'message','text':'hello'}");
        both.forEach(client -> assertReceives(client, "hello", "fishing_beast_5000"));

        assertGranted(alice, "fishing_beast_6000");
        alice.send("{'type':'message','text':'still here'}");
        both.forEach(client -> assertReceives(client, "still here", "fishing_beast_6000"));
        assertGranted(bob, "fishing_beast_5000");
    }

    @Test
    void unansweredHeartbeatFreesTheName() {
        TestClient alice = connect("/fishing");
        TestClient bob = connect("/fishing");
        assertGranted(alice, "fishing_beast_5000");
        for (int second = 1; second <= 5; second++) {
            answerHeartbeat(alice);
            answerHeartbeat(bob);
            advanceAndExpectHeartbeat(List.of(alice, bob), "false");
        }
        answerHeartbeat(alice);
        // The fifth of these heartbeats is sent 4.02 s after alice's last answer.
        for (int second = 1; second <= 5; second++) {
            answerHeartbeat(bob);
            advanceAndExpectHeartbeat(List.of(alice), "true");
            bob.expectExactly("{'type':'heartbeat','authenticated':'false'}");
        }
        answerHeartbeat(bob);
        advanceAndExpectHeartbeat(List.of(alice, bob), "false");
        alice.say("am I still?");
        alice.expectError(401);
        assertGranted(bob, "fishing_beast_5000");
        bob.expectNothing();
        answerHeartbeat(alice);
        assertGranted(alice, "fishing_beast_6000");
    }

    @Test
    void connectionWithoutAPathGetsANewChannel() {
        TestClient alice = server.open("/");
        JsonNode connection = alice.expect("connection");
        assertTrue(connection.get("id").stringValue().matches("[0-9a-zA-Z]{12}"), connection::toString);
        assertEquals(2, connection.size(), connection::toString);
        TestClient bob = server.open("/" + connection.get("id").stringValue());
        assertEquals(connection, bob.expect("connection"));
    }
}
