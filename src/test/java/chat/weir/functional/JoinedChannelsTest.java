package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 5 of the protocol: more than one channel on a connection. */
class JoinedChannelsTest {
    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static void join(TestClient client, String channel) {
        client.send("{'type':'join','channel':'" + channel + "','ref':'j'}");
        client.expectExactly("{'type':'connection','id':'" + channel + "','ref':'j'}");
    }

    @Test
    void namesAJoinedChannelInEveryEnvelope() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/boats");
        join(alice, "boats");
        alice.send("{'type':'message','text':'hi','channel':'boats','ref':'m'}");
        JsonNode receivedByAlice = alice.expect("message");
        assertEquals("boats", receivedByAlice.get("channel").asString());
        JsonNode ack = alice.expect("ack");
        assertEquals("boats", ack.get("channel").asString());
        JsonNode receivedByBob = bob.expect("message");
        assertTrue(receivedByBob.path("channel").isMissingNode(), "boats is the channel of bob's URL");
        assertEquals(receivedByAlice.get("id"), receivedByBob.get("id"));
        alice.send("{'type':'history','channel':'boats'}");
        JsonNode history = alice.expect("history");
        assertEquals("boats", history.get("channel").asString());
        assertEquals(1, history.get("messages").size());
        alice.send("{'type':'delete','channel':'boats','id':" + receivedByAlice.get("id") + "}");
        alice.expectChange("{'type':'delete','id':" + receivedByAlice.get("id") + ",'user':'alice','channel':'boats'}");
        bob.expectChange("{'type':'delete','id':" + receivedByAlice.get("id") + ",'user':'alice'}");
    }

    @Test
    void separatesChannels() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/boats");
        join(alice, "boats");
        alice.say("in fishing");
        assertTrue(alice.expect("message").path("channel").isMissingNode());
        bob.expectNothing();
    }

    @Test
    void receivesNothingFromAChannelAfterLeavingIt() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/boats");
        join(alice, "boats");
        alice.send("{'type':'leave','channel':'boats','ref':'l'}");
        alice.expectExactly("{'type':'leave','channel':'boats','ref':'l'}");
        bob.say("gone?");
        bob.expect("message");
        alice.expectNothing();
        alice.send("{'type':'message','text':'hi','channel':'boats'}");
        alice.expectError(403);
    }

    @Test
    void holdsItsNameInEveryChannel() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient other = server.connectAs("alice", "/boats");
        alice.send("{'type':'join','channel':'boats'}");
        alice.expectError(409);
        alice.send("{'type':'message','text':'hi','channel':'boats'}");
        alice.expectError(403);
        join(alice, "lakes");
        TestClient third = server.connect("/lakes?heartbeat=pong");
        third.send("{'type':'identity','user':'alice'}");
        assertEquals("taken", third.expect("identity").get("reason").asString());
        other.expectNothing();
    }

    @Test
    void renamesInAllChannelsOrNone() {
        TestClient alice = server.connectAs("alice", "/fishing");
        join(alice, "boats");
        TestClient bob = server.connectAs("bob", "/boats");
        alice.send("{'type':'identity','user':'bob'}");
        assertEquals("taken", alice.expect("identity").get("reason").asString());
        TestClient third = server.connect("/fishing?heartbeat=pong");
        third.identify("bob");
        alice.identify("carol");
        alice.send("{'type':'message','text':'hi','channel':'boats'}");
        assertEquals("carol", bob.expect("message").get("user").asString());
        third.identify("alice");
    }

    @Test
    void releasesItsNameEverywhereAtTheDisconnect() {
        TestClient alice = server.connectAs("alice", "/fishing");
        join(alice, "boats");
        TestClient bob = server.connect("/boats?heartbeat=pong");
        alice.close();
        Awaitility.await().until(() -> {
            bob.send("{'type':'identity','user':'alice'}");
            return bob.expect("identity").get("success").asString().equals("true");
        });
    }

    @Test
    void refusesInvalidJoinsAndLeaves() {
        server.close();
        server = TestServer.with("MAX_CHANNELS_PER_CONNECTION", "2");
        TestClient client = server.connect("/fishing?heartbeat=pong");
        join(client, "boats");
        client.send("{'type':'join','channel':'boats'}");
        client.expectError(409);
        client.send("{'type':'join','channel':'lakes'}");
        client.expectError(429);
        client.send("{'type':'join'}");
        client.expectError(400);
        client.send("{'type':'leave','channel':'lakes'}");
        client.expectError(403);
        client.send("{'type':'leave','channel':'fishing'}");
        client.expectError(403);
    }

    @Test
    void doesNotJoinWithANameThatWasRegistered() {
        TestClient guest = server.connectAs("alice", "/fishing");
        String resume =
                guest.ask("'type':'identity','user':'alice'").get("resume").asString();
        new TestApi(server.port()).register("alice", "correct horse", resume);
        guest.send("{'type':'join','channel':'boats'}");
        guest.expectError(409);
    }
}
