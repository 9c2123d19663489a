package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Abuse of presence and private chats by one client. */
class PresenceAbuseTest {
    private static final Duration LIST = Duration.ofMillis(1_100);
    private static final String PASSWORD = "correct horse";

    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(String... namesAndValues) {
        server.close();
        server = TestServer.with(namesAndValues);
    }

    private TestClient account(String name) {
        String token = token(name);
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'auth','token':'" + token + "'}");
        client.await("auth");
        return client;
    }

    private String token(String name) {
        TestApi api = new TestApi(server.port());
        api.register(name, PASSWORD);
        return api.logIn(name, PASSWORD);
    }

    private static void join(TestClient client, String channel) {
        client.send("{'type':'join','channel':'" + channel + "'}");
        client.await("connection");
    }

    /** Counts the messages that a client has received. */
    private static int countReceived(TestClient client) {
        client.send("{'type':'heartbeat','ref':'end'}");
        int received = 0;
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals("end")) {
            received += envelope.get("type").asString().equals("message") ? 1 : 0;
            envelope = client.next();
        }
        return received;
    }

    @Test
    void findsAResumedUserInEveryJoinedChannel() {
        restart("HEARTBEAT_TIMEOUT", "8s");
        TestClient bob = server.connect("/fishing");
        String secret = bob.ask("'type':'identity','user':'bob'").get("resume").asString();
        join(bob, "boats");
        server.advance(Duration.ofSeconds(7));
        bob.heartbeatAndAwaitReply();
        server.advance(Duration.ofSeconds(9));
        bob.heartbeatAndAwaitReply();
        assertEquals(401, bob.ask("'type':'message','text':'hi'").get("code").asInt(), "bob was silent");
        bob.ask("'type':'identity','user':'bob','resume':'" + secret + "'");
        TestClient carol = server.connectAs("carol", "/boats");
        bob.heartbeatAndAwaitReply();
        String chat = carol.ask("'type':'private','user':'bob'").get("channel").asString();
        assertEquals(chat, bob.await("private").get("channel").asString());
    }

    @Test
    void countsARenameInEveryChannel() {
        TestClient bob = server.connectAs("bob", "/fishing");
        for (int i = 0; i < 9; i++) {
            join(bob, "boats" + i);
        }
        server.advance(Duration.ofSeconds(5));
        int renamed = 0;
        for (int i = 0; i < 20; i++) {
            renamed += bob.ask("'type':'identity','user':'bob" + i + "'").has("success") ? 1 : 0;
        }
        assertTrue(renamed >= 1 && renamed <= 3, renamed + " new names at once in each of ten channels");
        server.advance(Duration.ofSeconds(3));
        assertTrue(bob.ask("'type':'identity','user':'rob'").has("success"));
    }

    @Test
    void namesNoUsersAtListLimitZero() {
        restart("PRESENCE_LIST_LIMIT", "0");
        TestClient watcher = server.connect("/fishing?heartbeat=pong").receivingPresence();
        TestClient bob = server.connectAs("bob", "/fishing");
        watcher.expectExactly("{'type':'users','count':1}");
        bob.ask("'type':'logout'");
        server.advance(LIST);
        watcher.expectExactly("{'type':'users','count':0}");
    }

    @Test
    void limitsUserListsLikeMessages() {
        TestClient bob = server.connectAs("bob", "/fishing");
        int answered = 0;
        for (int i = 0; i < 50; i++) {
            answered += bob.ask("'type':'users'").has("count") ? 1 : 0;
        }
        assertTrue(answered >= 10 && answered <= 20, answered + " lists at once");
    }

    @Test
    void limitsBlocksLikeMessages() {
        server.connectAs("bob", "/fishing");
        TestClient alice = server.connectAs("alice", "/fishing");
        int done = 0;
        for (int i = 0; i < 25; i++) {
            done += alice.ask("'type':'block','user':'bob'").has("code") ? 0 : 1;
            done += alice.ask("'type':'unblock','user':'bob'").has("code") ? 0 : 1;
        }
        assertTrue(done >= 10 && done <= 20, done + " blocks and unblocks at once");
    }

    @Test
    void hidesBlockedUsersDuringTheLogin() {
        restart("REQUIRE_ACCOUNT", "true", "MESSAGE_RATE", "0", "MAX_QUEUED_BYTES", "268435456");
        TestClient bob = account("bob");
        TestClient first = account("alice");
        assertEquals(
                "block", first.ask("'type':'block','user':'bob'").get("type").asString());
        String token = token("alice");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                bob.say("psst");
                LockSupport.parkNanos(50_000);
            }
        });
        int received = 0;
        for (int i = 0; i < 100; i++) {
            try (TestClient alice = server.connect("/fishing?heartbeat=pong")) {
                alice.send("{'type':'auth','token':'" + token + "'}");
                received += countReceived(alice);
            }
        }
        stop.set(true);
        talking.join();
        assertEquals(0, received);
    }

    @Test
    void sendsNoMessagesAfterALogoutDespiteInvitations() {
        // With so few channels, an invitation reaches bob in the channel of the URL.
        restart("REQUIRE_ACCOUNT", "true", "MESSAGE_RATE", "0", "MAX_CHANNELS_PER_CONNECTION", "2");
        String token = token("bob");
        TestClient alice = account("alice");
        TestClient carol = account("carol");
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> inviting = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                alice.ask("'type':'private','user':'bob'");
            }
        });
        int received = 0;
        for (int i = 0; i < 500; i++) {
            bob.send("{'type':'auth','token':'" + token + "'}");
            bob.send("{'type':'logout'}");
            countReceived(bob);
            assertEquals(
                    "ack",
                    carol.ask("'type':'message','text':'psst'").get("type").asString());
            received += countReceived(bob);
        }
        stop.set(true);
        inviting.join();
        assertEquals(0, received);
    }
}
