package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 3 of the protocol: a guest resumes a name on another connection. */
class ResumeTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode identify(TestClient client, String name, String more) {
        client.send("{'type':'identity','user':'" + name + "'" + more + "}");
        return client.await("identity");
    }

    private static String resumed(String secret) {
        return ",'resume':'" + secret + "'";
    }

    private static void assertCanSendAs(String name, TestClient client) {
        client.say("here");
        assertEquals(name, client.await("message").get("user").asString());
    }

    private TestClient connect() {
        return server.connect("/fishing?heartbeat=pong");
    }

    /** A connection that is authenticated as bob, and the secret of the name. */
    private record Bob(TestClient client, String secret) {}

    private Bob bob() {
        TestClient client = connect();
        JsonNode granted = identify(client, "bob", "");
        assertEquals("true", granted.get("success").asString());
        assertEquals(3, granted.size(), granted::toString);
        server.advance(Duration.ofSeconds(6));
        client.await("heartbeat");
        return new Bob(client, granted.get("resume").asString());
    }

    private void awaitConnections(int count) {
        Awaitility.await().until(() -> server.weirServer().connectionCount() == count);
    }

    @Test
    void replacesTheOldConnectionAtOnceWithoutTheGrace() {
        Bob old = bob();
        TestClient client = connect();
        JsonNode granted = identify(client, "bob", resumed(old.secret()));
        assertEquals("true", granted.get("success").asString());
        assertNotEquals(old.secret(), granted.get("resume").asString(), "each identity gets a new secret");
        old.client().expectClose(4501);
        assertCanSendAs("bob", client);
    }

    @Test
    void acceptsTheSameSecretAgainUntilTheNewOneIsUsed() {
        Bob old = bob();
        TestClient unanswered = connect();
        String second =
                identify(unanswered, "bob", resumed(old.secret())).get("resume").asString();
        TestClient client = connect();
        String third =
                identify(client, "bob", resumed(old.secret())).get("resume").asString();
        unanswered.expectClose(4501);
        assertCanSendAs("bob", client);
        TestClient last = connect();
        identify(last, "bob", resumed(third));
        assertCanSendAs("bob", last);
        for (String used : List.of(old.secret(), second)) {
            assertEquals(
                    "taken",
                    identify(connect(), "bob", resumed(used)).get("reason").asString());
        }
    }

    @Test
    void acceptsTheOldSecretIfTheReplyWithTheNewOneWasLost() {
        Bob old = bob();
        TestClient unanswered = connect();
        identify(unanswered, "bob", resumed(old.secret()));
        old.client().expectClose(4501);
        unanswered.close();
        awaitConnections(0);
        TestClient client = connect();
        identify(client, "bob", resumed(old.secret()));
        assertCanSendAs("bob", client);
    }

    @Test
    void acceptsTheEarlierSecretAfterRepeatingTheIdentity() {
        Bob old = bob();
        identify(old.client(), "bob", resumed(old.secret()));
        TestClient client = connect();
        identify(client, "bob", resumed(old.secret()));
        old.client().expectClose(4501);
        assertCanSendAs("bob", client);
    }

    @Test
    void keepsTheRightToDeleteMessagesInAChannelThatIsJoinedAgain() {
        Bob old = bob();
        old.client().send("{'type':'join','channel':'boats'}");
        old.client().expect("connection");
        old.client().send("{'type':'message','text':'mine','channel':'boats'}");
        long id = old.client().expect("message").get("id").asLong();
        server.advance(Duration.ofSeconds(1));
        TestClient client = connect();
        identify(client, "bob", resumed(old.secret()));
        client.send("{'type':'join','channel':'boats'}");
        client.await("connection");
        client.send("{'type':'delete','id':" + id + ",'channel':'boats'}");
        assertEquals(id, client.await("delete").get("id").asLong());
    }

    @Test
    void resumesTheNameAfterADisconnect() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        server.advance(Duration.ofMinutes(4));
        TestClient client = connect();
        identify(client, "BOB", resumed(old.secret()));
        assertCanSendAs("BOB", client);
    }

    @Test
    void resumesTheNameAfterSilence() {
        server.close();
        TestServer strict = TestServer.with("HEARTBEAT_TIMEOUT", "8s");
        try {
            TestClient silent = strict.connect("/fishing");
            String secret = identify(silent, "bob", "").get("resume").asString();
            silent.heartbeatAndAwaitReply();
            strict.advance(Duration.ofSeconds(6));
            strict.advance(Duration.ofSeconds(9));
            TestClient client = strict.connect("/fishing?heartbeat=pong");
            identify(client, "bob", resumed(secret));
            assertCanSendAs("bob", client);
        } finally {
            strict.close();
        }
    }

    @Test
    void keepsThePendingStateOfAnUnconfirmedName() {
        TestClient pending = connect();
        String secret = identify(pending, "bob", "").get("resume").asString();
        TestClient client = connect();
        assertEquals(
                "true", identify(client, "bob", resumed(secret)).get("success").asString());
        client.say("too early");
        client.expectError(401);
    }

    @Test
    void expiresAfterFiveMinutes() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        server.advance(Duration.ofMinutes(5).plusSeconds(1));
        TestClient client = connect();
        identify(client, "bob", resumed(old.secret()));
        client.say("too early");
        client.expectError(401);
    }

    @Test
    void expiresWhenAnotherGuestHasTakenTheName() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        Bob other = bob();
        TestClient client = connect();
        assertEquals(
                "taken",
                identify(client, "bob", resumed(old.secret())).get("reason").asString());
        other.client().close();
        awaitConnections(1);
        identify(client, "bob", resumed(old.secret()));
        client.say("too early");
        client.expectError(401);
    }

    @Test
    void refusesAWrongSecret() {
        Bob old = bob();
        TestClient client = connect();
        assertEquals(
                "taken",
                identify(client, "bob", resumed("AAAAAAAAAAAAAAAAAAAAAA"))
                        .get("reason")
                        .asString());
        assertEquals(
                "taken", identify(client, "bob", resumed("é")).get("reason").asString());
        assertCanSendAs("bob", old.client());
    }

    @Test
    void keepsTheRightToDeleteEarlierMessages() {
        Bob old = bob();
        old.client().say("mine");
        long id = old.client().expect("message").get("id").asLong();
        old.client().close();
        awaitConnections(0);
        TestClient client = connect();
        identify(client, "bob", resumed(old.secret()));
        client.send("{'type':'delete','id':" + id + "}");
        assertTrue(client.expectChange("{'type':'delete','id':" + id + ",'user':'bob'}") > id);
    }

    @Test
    void resumesTheNameInAllCommonChannels() {
        Bob old = bob();
        old.client().send("{'type':'join','channel':'boats'}");
        old.client().expect("connection");
        TestClient client = connect();
        client.send("{'type':'join','channel':'boats'}");
        client.expect("connection");
        assertEquals(
                "true",
                identify(client, "bob", resumed(old.secret())).get("success").asString());
        old.client().expectClose(4501);
        client.send("{'type':'message','text':'hi','channel':'boats'}");
        assertEquals("bob", client.await("message").get("user").asString());
    }

    @Test
    void requiresTheGraceWithASecretOfAnotherChannel() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        TestClient client = server.connect("/lakes?heartbeat=pong");
        client.send("{'type':'join','channel':'fishing'}");
        client.expect("connection");
        client.receivingPresence();
        identify(client, "bob", resumed(old.secret()));
        client.send("{'type':'users','channel':'fishing','ref':'u'}");
        client.expectExactly("{'type':'users','users':[],'count':0,'channel':'fishing','ref':'u'}");
    }

    @Test
    void keepsTheOldConnectionIfTheNameIsTakenElsewhere() {
        Bob old = bob();
        TestClient client = connect();
        client.send("{'type':'join','channel':'boats'}");
        client.expect("connection");
        server.connectAs("bob", "/boats");
        assertEquals(
                "taken",
                identify(client, "bob", resumed(old.secret())).get("reason").asString());
        assertCanSendAs("bob", old.client());
        client.expect("message");
        TestClient other = connect();
        identify(other, "bob", resumed(old.secret()));
        assertCanSendAs("bob", other);
    }
}
