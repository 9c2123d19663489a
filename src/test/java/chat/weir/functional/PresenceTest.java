package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 4 of the protocol: presence. */
class PresenceTest {
    private static final Duration LIST = Duration.ofMillis(1_100);
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final String PASSWORD = "correct horse";

    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static void expectNotification(TestClient client, String event, String user) {
        client.expectExactly("{'type':'notification','event':'" + event + "','user':'" + user + "','text':'" + user
                + " " + event + "'}");
    }

    /** A client that receives presence events from now on. */
    private TestClient watch(String path) {
        TestClient watcher = server.connect(path + "?heartbeat=pong");
        server.advance(LIST);
        watcher.expectNothing();
        return watcher.receivingPresence();
    }

    private TestClient logIn(String user, String path) {
        TestClient client = server.connect(path + "?heartbeat=pong");
        client.send("{'type':'auth','username':'" + user + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    private String get(String path) {
        return new TestApi(server.port()).send("GET", path, null, null).body().toString();
    }

    @Test
    void notifiesOthersOfJoinsAndLeaves() {
        TestClient watcher = watch("/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        expectNotification(watcher, "joined", "bob");
        watcher.expectExactly("{'type':'users','users':['bob'],'count':1}");
        bob.close();
        expectNotification(watcher, "left", "bob");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','users':[],'count':0}");
    }

    @Test
    void doesNotNotifyAUserOfTheirOwnActions() {
        TestClient bob = server.connect("/fishing?heartbeat=pong").receivingPresence();
        bob.identify("bob");
        server.advance(GRACE);
        bob.expectExactly("{'type':'heartbeat','authenticated':'true'}");
        bob.expectExactly("{'type':'users','users':['bob'],'count':1}");
        bob.identify("rob");
        server.advance(LIST);
        bob.expectExactly("{'type':'users','users':['rob'],'count':1}");
        bob.expectNothing();
    }

    @Test
    void notifiesOfAJoinWhenTheUserIsAuthenticated() {
        TestClient watcher = watch("/fishing");
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.identify("bob");
        server.advance(Duration.ofSeconds(4));
        watcher.expectNothing();
        server.advance(Duration.ofSeconds(2));
        expectNotification(watcher, "joined", "bob");
    }

    @Test
    void notifiesOfARename() {
        TestClient bob = server.connectAs("bob", "/fishing");
        TestClient watcher = watch("/fishing");
        bob.identify("rob");
        watcher.expectExactly(
                "{'type':'notification','event':'renamed','user':'rob','from':'bob'," + "'text':'bob is now rob'}");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','users':['rob'],'count':1}");
    }

    @Test
    void notifiesOfAUserWhoBecomesSilent() {
        server.close();
        server = TestServer.with("HEARTBEAT_TIMEOUT", "8s");
        TestClient bob = server.connect("/fishing");
        bob.identify("bob");
        server.advance(Duration.ofSeconds(5));
        bob.heartbeatAndAwaitReply();
        TestClient watcher = server.connect("/fishing").receivingPresence();
        server.advance(Duration.ofSeconds(2));
        assertEquals("joined", nextExceptHeartbeats(watcher).get("event").asString());
        assertEquals("users", nextExceptHeartbeats(watcher).get("type").asString());
        server.advance(Duration.ofSeconds(8));
        assertEquals("left", nextExceptHeartbeats(watcher).get("event").asString());
        assertEquals(0, nextExceptHeartbeats(watcher).get("count").asInt());
    }

    private static JsonNode nextExceptHeartbeats(TestClient client) {
        JsonNode envelope = client.next();
        while (envelope.get("type").asString().equals("heartbeat")) {
            envelope = client.next();
        }
        return envelope;
    }

    @Test
    void countsAUserWithSeveralConnectionsOnce() {
        TestApi api = new TestApi(server.port());
        api.register("alice", PASSWORD);
        TestClient watcher = watch("/fishing");
        TestClient first = logIn("alice", "/fishing");
        expectNotification(watcher, "joined", "alice");
        TestClient second = logIn("alice", "/fishing");
        TestClient third = logIn("alice", "/fishing");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','users':['alice'],'count':1}");
        first.close();
        third.send("{'type':'logout'}");
        third.await("logout");
        server.advance(LIST);
        watcher.expectNothing();
        second.close();
        expectNotification(watcher, "left", "alice");
    }

    @Test
    void listsUsersOnRequest() {
        server.connectAs("carol", "/fishing");
        server.connectAs("Bob", "/fishing");
        server.connectAs("alice", "/boats");
        TestClient dave = server.connect("/fishing?heartbeat=pong").receivingPresence();
        dave.send("{'type':'users','ref':'u'}");
        dave.expectExactly("{'type':'users','users':['Bob','carol'],'count':2,'ref':'u'}");
        dave.send("{'type':'join','channel':'boats'}");
        dave.expect("connection");
        dave.send("{'type':'users','channel':'boats','ref':'b'}");
        dave.expectExactly("{'type':'users','users':['alice'],'count':1,'ref':'b','channel':'boats'}");
        dave.send("{'type':'users','channel':'lakes','ref':'l'}");
        dave.expectError(403);
        assertEquals("{\"users\":[\"Bob\",\"carol\"],\"count\":2}", get("/api/channels/fishing/users"));
        assertEquals("{\"users\":[],\"count\":0}", get("/api/channels/nowhere/users"));
    }

    @Test
    void sendsOneListForManyJoins() {
        TestClient watcher = watch("/fishing");
        for (int i = 0; i < 30; i++) {
            server.connect("/fishing?heartbeat=pong").identify("guest" + i);
        }
        server.advance(GRACE.plus(LIST));
        int lists = 0;
        int joined = 0;
        JsonNode last = watcher.next();
        while (joined < 30 || last.path("count").asInt(0) < 30) {
            joined += last.get("type").asString().equals("notification") ? 1 : 0;
            lists += last.get("type").asString().equals("users") ? 1 : 0;
            last = watcher.next();
        }
        assertTrue(lists <= 1, lists + " lists before the last, although all users joined within a second");
        assertEquals(30, last.get("users").size());
        watcher.expectNothing();
    }

    @Test
    void sendsOnlyTheCountAboveTheListLimit() {
        server.close();
        server = TestServer.with("PRESENCE_LIST_LIMIT", "2");
        server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        TestClient watcher = watch("/fishing");
        TestClient carol = server.connectAs("carol", "/fishing");
        watcher.expectExactly("{'type':'users','count':3}");
        watcher.send("{'type':'users','ref':'u'}");
        watcher.expectExactly("{'type':'users','count':3,'ref':'u'}");
        assertEquals("{\"count\":3}", get("/api/channels/fishing/users"));
        bob.identify("rob");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','count':3}");
        carol.close();
        expectNotification(watcher, "left", "carol");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','users':['alice','rob'],'count':2}");
    }

    @Test
    void namesAJoinedChannel() {
        TestClient watcher = server.connect("/boats?heartbeat=pong").receivingPresence();
        watcher.send("{'type':'join','channel':'fishing'}");
        watcher.expect("connection");
        TestClient bob = server.connectAs("bob", "/fishing");
        assertEquals("fishing", watcher.expect("notification").get("channel").asString());
        assertEquals("fishing", watcher.expect("users").get("channel").asString());
        bob.send("{'type':'join','channel':'boats'}");
        bob.await("connection");
        expectNotification(watcher, "joined", "bob");
        bob.send("{'type':'leave','channel':'boats'}");
        bob.await("leave");
        expectNotification(watcher, "left", "bob");
    }

    @Test
    void treatsAResumedConnectionAsTheSameUser() {
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.expect("identity").get("resume").asString();
        server.advance(GRACE);
        TestClient watcher = watch("/fishing");
        TestClient again = server.connect("/fishing?heartbeat=pong");
        again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
        assertEquals("true", again.await("identity").get("success").asString());
        bob.expectClose(4501);
        server.advance(LIST);
        watcher.expectNothing();
        again.close();
        expectNotification(watcher, "left", "bob");
    }

    @Test
    void treatsAGuestAndTheAccountWithTheirNameAsTwoUsers() {
        TestClient guest = server.connectAs("alice", "/fishing");
        String resume =
                guest.ask("'type':'identity','user':'alice'").get("resume").asString();
        new TestApi(server.port()).register("alice", PASSWORD, resume);
        TestClient watcher = watch("/fishing");
        logIn("alice", "/fishing");
        expectNotification(watcher, "left", "alice");
        expectNotification(watcher, "joined", "alice");
    }

    @Test
    void releasesTheNameAtTheLogout() {
        TestClient watcher = watch("/fishing");
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.expect("identity").get("resume").asString();
        server.advance(GRACE);
        assertEquals("true", bob.await("heartbeat").get("authenticated").asString());
        expectNotification(watcher, "joined", "bob");
        watcher.expect("users");
        bob.receivingPresence().expect("users");
        bob.send("{'type':'logout','ref':'o'}");
        bob.expectExactly("{'type':'logout','ref':'o'}");
        bob.expectNothing();
        expectNotification(watcher, "left", "bob");
        bob.say("hi");
        bob.expectError(401);
        server.advance(LIST);
        bob.expectExactly("{'type':'heartbeat','authenticated':'false'}");
        bob.expectExactly("{'type':'users','users':[],'count':0}");
        TestClient other = server.connect("/fishing?heartbeat=pong");
        other.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
        assertEquals("true", other.await("identity").get("success").asString());
        other.say("hi");
        assertTrue(
                other.expectError(401).get("message").asString().contains("not confirmed"),
                "the secret is invalid after a logout");
        bob.send("{'type':'logout'}");
        bob.expectExactly("{'type':'logout'}");
    }

    @Test
    void answersAPing() {
        TestClient alice = server.connect("/fishing");
        TestClient bob = server.connect("/fishing");
        alice.send("{'type':'ping','ref':'p'}");
        JsonNode pong = alice.expect("pong");
        assertEquals("p", pong.get("ref").asString());
        assertTrue(pong.get("timestamp").isIntegralNumber());
        alice.send("{'type':'ping'}");
        assertEquals(pong.get("connection"), alice.expect("pong").get("connection"));
        bob.send("{'type':'ping'}");
        JsonNode bobsReply = bob.expect("pong");
        assertFalse(bobsReply.get("connection").equals(pong.get("connection")));
        assertTrue(bobsReply.path("ref").isMissingNode());
    }

    @Test
    void limitsActionsThatNotifyOthers() {
        TestClient bob = server.connectAs("bob", "/fishing");
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            bob.send("{'type':'typing','ref':'" + i + "'}");
            refused += bob.next().get("type").asString().equals("error") ? 1 : 0;
        }
        assertTrue(refused >= 10, refused + " of 30 refused");
        bob.say("still there");
        bob.expect("message");
    }
}
