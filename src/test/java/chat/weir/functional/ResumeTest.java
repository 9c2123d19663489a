package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 3 of the protocol: a guest takes a name back on another connection. */
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

    private static void assertSaysAs(String name, TestClient client) {
        client.say("here");
        assertEquals(name, client.await("message").get("user").asString());
    }

    private TestClient comer() {
        return server.connect("/fishing?heartbeat=pong");
    }

    /** A connection that has been authenticated as bob, and the secret of its name. */
    private record Bob(TestClient client, String secret) {}

    private Bob bob() {
        TestClient client = comer();
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
        TestClient comer = comer();
        JsonNode granted = identify(comer, "bob", resumed(old.secret()));
        assertEquals("true", granted.get("success").asString());
        assertNotEquals(old.secret(), granted.get("resume").asString(), "each secret is good for once");
        old.client().expectClose(4501);
        assertSaysAs("bob", comer);
    }

    @Test
    void acceptsTheSameSecretAgainWhileTheNewOneHasNotBeenUsed() {
        Bob old = bob();
        TestClient unanswered = comer();
        String second =
                identify(unanswered, "bob", resumed(old.secret())).get("resume").asString();
        TestClient comer = comer();
        String third =
                identify(comer, "bob", resumed(old.secret())).get("resume").asString();
        unanswered.expectClose(4501);
        assertSaysAs("bob", comer);
        TestClient last = comer();
        identify(last, "bob", resumed(third));
        assertSaysAs("bob", last);
        for (String used : List.of(old.secret(), second)) {
            assertEquals(
                    "taken",
                    identify(comer(), "bob", resumed(used)).get("reason").asString());
        }
    }

    @Test
    void acceptsTheSecretOfTheOldConnectionAfterOneThatWasLostUnanswered() {
        Bob old = bob();
        TestClient unanswered = comer();
        identify(unanswered, "bob", resumed(old.secret()));
        old.client().expectClose(4501);
        unanswered.close();
        awaitConnections(0);
        TestClient comer = comer();
        identify(comer, "bob", resumed(old.secret()));
        assertSaysAs("bob", comer);
    }

    @Test
    void acceptsTheSecretFromBeforeANameWasTakenOnceMoreOnTheSameConnection() {
        Bob old = bob();
        identify(old.client(), "bob", resumed(old.secret()));
        TestClient comer = comer();
        identify(comer, "bob", resumed(old.secret()));
        old.client().expectClose(4501);
        assertSaysAs("bob", comer);
    }

    @Test
    void keepsTheRightToDeleteWhatOneSaidInAChannelThatIsJoinedAgain() {
        Bob old = bob();
        old.client().send("{'type':'join','channel':'boats'}");
        old.client().expect("connection");
        old.client().send("{'type':'message','text':'mine','channel':'boats'}");
        long id = old.client().expect("message").get("id").asLong();
        server.advance(Duration.ofSeconds(1));
        TestClient comer = comer();
        identify(comer, "bob", resumed(old.secret()));
        comer.send("{'type':'join','channel':'boats'}");
        comer.await("connection");
        comer.send("{'type':'delete','id':" + id + ",'channel':'boats'}");
        assertEquals(id, comer.await("delete").get("id").asLong());
    }

    @Test
    void takesTheNameBackAfterTheOldConnectionIsGone() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        server.advance(Duration.ofMinutes(4));
        TestClient comer = comer();
        identify(comer, "BOB", resumed(old.secret()));
        assertSaysAs("BOB", comer);
    }

    @Test
    void takesTheNameBackAfterItWasLostBySilence() {
        server.close();
        TestServer strict = TestServer.with("HEARTBEAT_TIMEOUT", "8s");
        try {
            TestClient silent = strict.connect("/fishing");
            String secret = identify(silent, "bob", "").get("resume").asString();
            silent.heartbeatUntilHeard();
            strict.advance(Duration.ofSeconds(6));
            strict.advance(Duration.ofSeconds(9));
            TestClient comer = strict.connect("/fishing?heartbeat=pong");
            identify(comer, "bob", resumed(secret));
            assertSaysAs("bob", comer);
        } finally {
            strict.close();
        }
    }

    @Test
    void doesNotSpareTheGraceToAConnectionThatHasNotWaitedForIt() {
        TestClient pending = comer();
        String secret = identify(pending, "bob", "").get("resume").asString();
        TestClient comer = comer();
        assertEquals(
                "true", identify(comer, "bob", resumed(secret)).get("success").asString());
        comer.say("too early");
        comer.expectError(401);
    }

    @Test
    void isOverAfterFiveMinutes() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        server.advance(Duration.ofMinutes(5).plusSeconds(1));
        TestClient comer = comer();
        identify(comer, "bob", resumed(old.secret()));
        comer.say("too early");
        comer.expectError(401);
    }

    @Test
    void isOverWhenAnotherHasHadTheName() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        Bob other = bob();
        TestClient comer = comer();
        assertEquals(
                "taken",
                identify(comer, "bob", resumed(old.secret())).get("reason").asString());
        other.client().close();
        awaitConnections(1);
        identify(comer, "bob", resumed(old.secret()));
        comer.say("too early");
        comer.expectError(401);
    }

    @Test
    void takesNoWrongSecret() {
        Bob old = bob();
        TestClient comer = comer();
        assertEquals(
                "taken",
                identify(comer, "bob", resumed("AAAAAAAAAAAAAAAAAAAAAA"))
                        .get("reason")
                        .asString());
        assertEquals("taken", identify(comer, "bob", resumed("é")).get("reason").asString());
        assertSaysAs("bob", old.client());
    }

    @Test
    void keepsTheRightToDeleteWhatOneSaidBefore() {
        Bob old = bob();
        old.client().say("mine");
        long id = old.client().expect("message").get("id").asLong();
        old.client().close();
        awaitConnections(0);
        TestClient comer = comer();
        identify(comer, "bob", resumed(old.secret()));
        comer.send("{'type':'delete','id':" + id + "}");
        comer.expectExactly("{'type':'delete','id':" + id + ",'user':'bob'}");
    }

    @Test
    void takesTheNameInAllChannelsThatBothAreIn() {
        Bob old = bob();
        old.client().send("{'type':'join','channel':'boats'}");
        old.client().expect("connection");
        TestClient comer = comer();
        comer.send("{'type':'join','channel':'boats'}");
        comer.expect("connection");
        assertEquals(
                "true",
                identify(comer, "bob", resumed(old.secret())).get("success").asString());
        old.client().expectClose(4501);
        comer.send("{'type':'message','text':'hi','channel':'boats'}");
        assertEquals("bob", comer.await("message").get("user").asString());
    }

    @Test
    void waitsOutTheGraceWhereTheSecretIsNotOfItsUrlsChannel() {
        Bob old = bob();
        old.client().close();
        awaitConnections(0);
        TestClient comer = server.connect("/lakes?heartbeat=pong");
        comer.send("{'type':'join','channel':'fishing'}");
        comer.expect("connection");
        comer.seeingCompany();
        identify(comer, "bob", resumed(old.secret()));
        comer.send("{'type':'users','channel':'fishing','ref':'u'}");
        comer.expectExactly("{'type':'users','users':[],'count':0,'channel':'fishing','ref':'u'}");
    }

    @Test
    void leavesTheOldConnectionAloneWhenTheNameIsTakenElsewhere() {
        Bob old = bob();
        TestClient comer = comer();
        comer.send("{'type':'join','channel':'boats'}");
        comer.expect("connection");
        server.connectAs("bob", "/boats");
        assertEquals(
                "taken",
                identify(comer, "bob", resumed(old.secret())).get("reason").asString());
        assertSaysAs("bob", old.client());
        comer.expect("message");
        TestClient other = comer();
        identify(other, "bob", resumed(old.secret()));
        assertSaysAs("bob", other);
    }
}
