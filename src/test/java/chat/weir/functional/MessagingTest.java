package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names and messages of section 1 of the protocol. */
class MessagingTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsAMessageToTheMembersOfTheChannelOnly() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient anonymous = server.connect("/fishing?heartbeat=pong");
        TestClient elsewhere = server.connect("/boats?heartbeat=pong");
        alice.say("hello \u00e9 \ud83c\udfa3 \"quoted\"");
        for (TestClient client : new TestClient[] {alice, anonymous}) {
            JsonNode message = client.expect("message");
            assertEquals(
                    "hello \u00e9 \ud83c\udfa3 \"quoted\"", message.get("text").asString());
            assertEquals("alice", message.get("user").asString());
            assertTrue(message.get("timestamp").isIntegralNumber());
            assertEquals(
                    server.time().clocks().clock().instant().getEpochSecond(),
                    message.get("timestamp").asLong());
            assertTrue(message.get("id").isIntegralNumber());
            assertEquals(5, message.size(), message::toString);
        }
        elsewhere.expectNothing();
    }

    @Test
    void refusesMessagesWithoutAConfirmedName() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.say("hello");
        client.expectError(401);
        client.send("{'type':'identity','user':'bob'}");
        client.expect("identity");
        client.say("hello");
        client.expectError(401);
    }

    @Test
    void givesANameToOneConnectionAtATime() {
        TestClient alice = server.connectAs("Alice", "/fishing");
        TestClient other = server.connect("/fishing?heartbeat=pong");
        other.send("{'type':'identity','user':'ALICE'}");
        other.expectExactly("{'type':'identity','success':'false','reason':'taken'}");
        TestClient elsewhere = server.connect("/boats?heartbeat=pong");
        elsewhere.identify("alice");
        alice.close();
        awaitName(other, "alice");
    }

    @Test
    void deliversMessagesSentRightBeforeDisconnecting() {
        TestClient listener = server.connect("/fishing?heartbeat=pong");
        for (int i = 0; i < 20; i++) {
            TestClient leaver = server.connectAs("leaver" + i, "/fishing");
            leaver.say("last words");
            if (i % 2 == 0) {
                leaver.socket().closeOutput();
            } else {
                leaver.close();
            }
            assertEquals("last words", listener.expect("message").get("text").asString());
        }
    }

    @Test
    void refusesAnInvalidName() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'identity','user':'no spaces'}");
        JsonNode answer = client.expect("identity");
        assertEquals("false", answer.get("success").asString());
        assertEquals("invalid", answer.get("reason").asString());
        assertTrue(answer.get("message").asString().contains("no spaces"));
    }

    @Test
    void renamesAnAuthenticatedConnectionAndFreesTheOldName() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient other = server.connect("/fishing?heartbeat=pong");
        alice.identify("alicia");
        alice.say("still here");
        assertEquals("alicia", alice.expect("message").get("user").asString());
        other.expect("message");
        awaitName(other, "alice");
    }

    @Test
    void keepsTheOldNameWhenTheNewOneIsTaken() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        alice.send("{'type':'identity','user':'bob'}");
        alice.expectExactly("{'type':'identity','success':'false','reason':'taken'}");
        alice.say("hi");
        assertEquals("alice", bob.expect("message").get("user").asString());
    }

    @Test
    void changesTheSpellingOfTheOwnName() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.identify("ALICE");
        alice.say("hi");
        assertEquals("ALICE", alice.expect("message").get("user").asString());
    }

    @Test
    void readsABinaryFrameLikeAText() {
        TestClient alice = server.connectAs("alice", "/fishing");
        byte[] json = "{\"type\":\"message\",\"text\":\"binary\"}".getBytes(StandardCharsets.UTF_8);
        alice.socket().send(new WireFrame(true, WireFrame.BINARY, json).masked());
        assertEquals("binary", alice.expect("message").get("text").asString());
    }

    @Test
    void joinsFragmentsWithAPingBetweenThem() {
        TestClient alice = server.connectAs("alice", "/fishing");
        byte[] json = "{\"type\":\"message\",\"text\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(json, json.length - 3);
        byte[] tail = Arrays.copyOfRange(json, json.length - 3, json.length);
        alice.socket().send(new WireFrame(false, WireFrame.TEXT, head).masked());
        alice.socket().send(new WireFrame(true, WireFrame.PING, new byte[] {1, 2, 3}).masked());
        alice.socket().send(new WireFrame(true, WireFrame.CONTINUATION, tail).masked());
        assertEquals(new WireFrame(true, WireFrame.PONG, new byte[] {1, 2, 3}), alice.awaitFrame(WireFrame.PONG));
        assertEquals("\u00e9", alice.expect("message").get("text").asString());
    }

    private static void awaitName(TestClient client, String name) {
        // The name is free when the server has processed the disconnect.
        Awaitility.await().until(() -> {
            client.send("{'type':'identity','user':'" + name + "'}");
            return client.await("identity").get("success").asString().equals("true");
        });
    }
}
