package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Section 3 of the protocol: a client that reconnects with {@code since} receives the missed messages, then live ones.
 */
class RecoveryTest {
    @TempDir
    private Path directory;

    private TestServer server = TestServer.with("MESSAGE_RATE", "0");

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<Long> say(TestClient client, int from, int to) {
        List<Long> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            client.say("text " + i);
            ids.add(client.expect("message").get("id").asLong());
        }
        return ids;
    }

    private TestClient reconnect(String query) {
        return server.open("/fishing?heartbeat=pong&" + query);
    }

    @Test
    void replaysMissedMessagesBeforeLiveOnes() {
        TestClient bob = server.connectAs("bob", "/fishing");
        List<Long> ids = say(bob, 0, 5);
        TestClient back = reconnect("since=" + ids.get(1));
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        for (int i = 2; i < 5; i++) {
            JsonNode message = back.expect("message");
            assertEquals("text " + i, message.get("text").asString());
            assertEquals(ids.get(i), message.get("id").asLong());
        }
        say(bob, 5, 6);
        assertEquals("text 5", back.expect("message").get("text").asString());
        back.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replaysMissedDeletionsInOrder(boolean isStored) {
        server.close();
        server = TestServer.with(
                "DATABASE_URL", isStored ? "jdbc:sqlite:" + directory.resolve("weir.db") : "none", "MESSAGE_RATE", "0");
        TestClient bob = server.connectAs("bob", "/fishing");
        List<Long> ids = say(bob, 0, 3);
        bob.send("{'type':'delete','id':" + ids.get(0) + "}");
        long seq = bob.expect("delete").get("seq").asLong();
        say(bob, 3, 4);
        TestClient back = reconnect("since=" + ids.get(1));
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals("text 2", back.expect("message").get("text").asString());
        back.expectExactly("{'type':'delete','id':" + ids.get(0) + ",'user':'bob','seq':" + seq + "}");
        assertEquals("text 3", back.expect("message").get("text").asString());
        back.expectNothing();
        TestClient other = reconnect("since=" + seq);
        other.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals("text 3", other.expect("message").get("text").asString());
        other.expectNothing();
    }

    @Test
    void reportsThatNothingWasMissed() {
        TestClient bob = server.connectAs("bob", "/fishing");
        List<Long> ids = say(bob, 0, 2);
        TestClient back = reconnect("since=" + ids.get(1));
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        back.expectNothing();
    }

    @Test
    void replaysNothingOverTheMessageLimit() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "0", "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
        TestClient bob = server.connectAs("bob", "/fishing");
        List<Long> ids = say(bob, 0, 302);
        TestClient back = reconnect("since=" + ids.get(0));
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'false'}");
        back.expectNothing();
        TestClient other = reconnect("since=" + ids.get(1));
        other.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        for (int i = 2; i < 302; i++) {
            assertEquals(ids.get(i), other.expect("message").get("id").asLong());
        }
    }

    @Test
    void replaysNothingOverTheClientsQueueLimit() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "0", "MAX_QUEUED_BYTES", "65536");
        TestClient bob = server.connectAs("bob", "/fishing");
        long first = say(bob, 0, 1).get(0);
        for (int i = 0; i < 20; i++) {
            bob.say("x".repeat(2_000));
            bob.expect("message");
        }
        reconnect("since=" + first).expectExactly("{'type':'connection','id':'fishing','recovered':'false'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=", "since=abc", "since=-1", "since=1e9", "since=99999999999999999"})
    void refusesAnInvalidId(String query) {
        TestClient client = reconnect(query);
        assertEquals(
                "since must be the id of a message, a whole number",
                client.expectError(400).get("message").asString());
        client.expectClose(1008);
    }

    /** Clients reconnect repeatedly while others send: each must receive every message once, in order. */
    @Test
    void leavesNoGapAndNoDuplicateWhileOthersSend() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "0", "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
        TestClient bob = server.connectAs("bob", "/fishing");
        long seen = say(bob, 0, 1).get(0);
        int next = 1;
        int said = 1;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 5; i++) {
                bob.say("text " + said++);
            }
            TestClient back = reconnect("since=" + seen);
            for (int i = 0; i < 5; i++) {
                bob.say("text " + said++);
            }
            assertEquals("true", back.expect("connection").get("recovered").asString());
            // Leaves some messages for the next connection to recover.
            while (next < said - 3) {
                JsonNode message = back.expect("message");
                assertEquals("text " + next++, message.get("text").asString());
                assertTrue(message.get("id").asLong() > seen);
                seen = message.get("id").asLong();
            }
            back.close();
        }
    }

    /** A client that joins while the first message of a channel is stored receives it once, replayed or live. */
    @Test
    void doesNotDuplicateTheFirstMessageOfAChannel() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "0", "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
        TestClient bob = server.connectAs("bob", "/fishing");
        for (int i = 0; i < 40; i++) {
            String channel = "fresh" + i;
            bob.send("{'type':'join','channel':'" + channel + "'}");
            bob.expect("connection");
            bob.send("{'type':'message','text':'first','channel':'" + channel + "'}");
            TestClient client = server.open("/" + channel + "?heartbeat=pong&since=1");
            assertEquals("true", client.expect("connection").get("recovered").asString());
            client.expect("message");
            bob.expect("message");
            client.expectNothing();
        }
    }

    /**
     * Locks the database until the returned connection is closed. The first message of a channel is being stored
     * meanwhile, so the server cannot know yet who has missed it.
     */
    private Connection hangingCommit(TestClient[] talker) throws SQLException {
        server.close();
        String url = "jdbc:sqlite:" + directory.resolve("weir.db");
        server = TestServer.with("DATABASE_URL", url);
        talker[0] = server.connectAs("bob", "/fresh");
        Connection lock = DriverManager.getConnection(url);
        lock.createStatement().execute("BEGIN IMMEDIATE");
        talker[0].say("first");
        talker[0].send("{'type':'heartbeat','ref':'said'}");
        talker[0].expectExactly("{'type':'heartbeat','ref':'said'}");
        return lock;
    }

    private TestClient reconnectTo(String path) {
        TestClient back = server.open(path);
        await().until(() -> server.weirServer().connectionCount() == 2);
        return back;
    }

    @Test
    void waitsForAHangingCommitWithoutPolling() throws SQLException {
        TestClient[] bob = new TestClient[1];
        try (Connection lock = hangingCommit(bob)) {
            TestClient back = reconnectTo("/fresh?heartbeat=pong&since=1");
            // Polling for the commit would keep a query thread busy.
            long before = queryThreadsCpuNanos();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            assertTrue(queryThreadsCpuNanos() - before < 200_000_000);
            lock.createStatement().execute("ROLLBACK");
            back.expectExactly("{'type':'connection','id':'fresh','recovered':'true'}");
            assertEquals("first", back.expect("message").get("text").asString());
            back.expectNothing();
        }
    }

    private static long queryThreadsCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("weir-query-"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    @Test
    void closesAConnectionThatStillWaitsForItsReplay() throws Exception {
        TestClient[] bob = new TestClient[1];
        try (Connection lock = hangingCommit(bob)) {
            TestClient back = reconnectTo("/fresh?heartbeat=pong&since=1");
            server.weirServer().stop();
            back.expectExactly("{'type':'connection','id':'fresh','recovered':'false'}");
            back.expectClose(1001);
            lock.createStatement().execute("ROLLBACK");
        }
    }

    @Test
    void sendsRepliesAfterTheConnectionEnvelope() {
        TestClient bob = server.connectAs("bob", "/fishing");
        long first = say(bob, 0, 2).get(0);
        TestClient back = server.open("/fishing?since=" + first);
        back.send("{'type':'heartbeat','ref':'early'}");
        back.expect("connection");
        back.expect("message");
        back.expectExactly("{'type':'heartbeat','ref':'early'}");
    }
}
