package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Section 5 of the protocol: a client that joins with {@code since} receives the missed events, then live ones. */
class JoinRecoveryTest {
    private static final String THUMB = "\uD83D\uDC4D";

    @TempDir
    private Path directory;

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(boolean isStored) {
        server = TestServer.with(
                "MESSAGE_RATE", "0", "DATABASE_URL", isStored ? "jdbc:sqlite:" + directory.resolve("weir.db") : "none");
    }

    private static List<Long> say(TestClient client, int from, int to) {
        List<Long> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            client.say("text " + i);
            ids.add(client.expect("message").get("id").asLong());
        }
        return ids;
    }

    private static void join(TestClient client, long since) {
        client.send("{'type':'join','channel':'boats','since':" + since + ",'ref':'j'}");
    }

    private static void expectText(TestClient client, String text) {
        JsonNode message = client.expect("message");
        assertEquals(text, message.get("text").asString());
        assertEquals("boats", message.get("channel").asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replaysMissedEventsBeforeLiveOnes(boolean isStored) {
        start(isStored);
        TestClient bob = server.connectAs("bob", "/boats");
        List<Long> ids = say(bob, 0, 3);
        bob.send("{'type':'react','id':" + ids.get(0) + ",'emoji':'" + THUMB + "'}");
        bob.expect("react");
        bob.send("{'type':'delete','id':" + ids.get(1) + "}");
        bob.expect("delete");
        say(bob, 3, 4);
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        join(alice, ids.get(0));
        alice.expectExactly("{'type':'connection','id':'boats','recovered':'true','ref':'j'}");
        expectText(alice, "text 2");
        assertEquals("boats", alice.expect("react").get("channel").asString());
        assertEquals(ids.get(1), alice.expect("delete").get("id").asLong());
        expectText(alice, "text 3");
        say(bob, 4, 5);
        expectText(alice, "text 4");
        alice.expectNothing();
    }

    @Test
    void reportsThatNothingWasMissed() {
        start(false);
        TestClient bob = server.connectAs("bob", "/boats");
        long last = say(bob, 0, 2).get(1);
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        join(alice, last);
        alice.expectExactly("{'type':'connection','id':'boats','recovered':'true','ref':'j'}");
        alice.expectNothing();
    }

    @Test
    void replaysWhatWasPublishedBeforeTheChannelWasForgotten() {
        start(true);
        TestClient bob = server.connectAs("bob", "/boats");
        List<Long> ids = say(bob, 0, 2);
        server.close();
        start(true);
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        join(alice, ids.get(0));
        alice.expectExactly("{'type':'connection','id':'boats','recovered':'true','ref':'j'}");
        expectText(alice, "text 1");
        alice.expectNothing();
    }

    @Test
    void replaysNothingOverTheLimit() {
        start(true);
        TestClient bob = server.connectAs("bob", "/boats");
        List<Long> ids = say(bob, 0, 302);
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        join(alice, ids.get(0));
        alice.expectExactly("{'type':'connection','id':'boats','recovered':'false','ref':'j'}");
        alice.expectNothing();
        TestClient carl = server.connect("/fishing?heartbeat=pong");
        join(carl, ids.get(1));
        carl.expectExactly("{'type':'connection','id':'boats','recovered':'true','ref':'j'}");
        for (int i = 2; i < 302; i++) {
            expectText(carl, "text " + i);
        }
        say(bob, 302, 303);
        expectText(carl, "text 302");
        expectText(alice, "text 302");
    }

    @Test
    void leavesOutBlockedUsers() {
        start(false);
        TestClient bob = server.connectAs("bob", "/boats");
        long before = say(bob, 0, 1).get(0) - 1;
        TestClient carl = server.connectAs("carl", "/boats");
        long id = say(carl, 1, 2).get(0);
        bob.ask("'type':'react','id':" + id + ",'emoji':'" + THUMB + "'");
        bob.ask("'type':'delete','id':" + (before + 1));
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.ask("'type':'join','channel':'boats'");
        alice.ask("'type':'block','user':'bob','channel':'boats'");
        alice.ask("'type':'leave','channel':'boats'");
        join(alice, before);
        alice.expect("connection");
        expectText(alice, "text 1");
        alice.expect("delete");
        alice.expectNothing();
    }

    /** A client joins repeatedly while others send and react: it must receive every event once, in order. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNoGapAndNoDuplicateInALivelyChannel(boolean isStored) throws Exception {
        start(isStored);
        TestClient bob = server.connectAs("bob", "/boats");
        TestClient carl = server.connectAs("carl", "/boats");
        bob.say("begin");
        long begin = bob.expect("message").get("id").asLong();
        carl.expect("message");
        // The log in memory keeps a hundred messages: alice must not fall further behind.
        Semaphore ahead = new Semaphore(40);
        Thread talking = new Thread(() -> talk(bob, ahead));
        talking.start();
        List<JsonNode> seen = new ArrayList<>();
        long since = begin;
        boolean hasEnded = false;
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        for (int round = 0; !hasEnded; round++) {
            join(alice, since);
            assertEquals("true", alice.expect("connection").get("recovered").asString());
            for (int i = 0; i < 10 && !hasEnded; i++) {
                JsonNode event = alice.next();
                seen.add(event);
                ahead.release(isMessage(event) ? 1 : 0);
                since = seq(event);
                hasEnded = event.path("text").asString("").equals("end");
            }
            alice.send("{'type':'leave','channel':'boats','ref':'l'}");
            for (JsonNode event = alice.next(); !event.path("ref").asString("").equals("l"); event = alice.next()) {
                seen.add(event);
                ahead.release(isMessage(event) ? 1 : 0);
                since = seq(event);
                hasEnded |= event.path("text").asString("").equals("end");
            }
            assertTrue(round < 2_000);
        }
        talking.join();
        List<Long> all = Stream.generate(() -> seq(carl.next())).limit(1_201).toList();
        assertEquals(all, seen.stream().map(JoinRecoveryTest::seq).toList());
    }

    /** Bob sends messages, each with a reaction, and never more ahead of alice than permitted. */
    private static void talk(TestClient bob, Semaphore ahead) {
        for (int i = 0; i < 600; i++) {
            ahead.acquireUninterruptibly();
            bob.say("bob " + i);
            long id = bob.expect("message").get("id").asLong();
            bob.send("{'type':'react','id':" + id + ",'emoji':'" + THUMB + "'}");
            bob.expect("react");
        }
        bob.say("end");
    }

    private static boolean isMessage(JsonNode event) {
        return event.get("type").asString().equals("message");
    }

    private static long seq(JsonNode event) {
        return event.path("seq").asLong(event.get("id").asLong());
    }
}
