package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Message order with concurrent senders: the same for all clients, without duplicates, and with replies after the
 * messages
 * they refer to. Runs with delivery on the reading thread and on other threads.
 */
@ParameterizedClass
@ValueSource(ints = {1, 2})
class OrderTest {
    private static final int SENDERS = 6;
    private static final int MESSAGES_PER_SENDER = 300;

    private final TestServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    OrderTest(int cores) {
        server = TestServer.onCores(cores, "MESSAGE_RATE", "0");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void sendsAllMessagesInOneOrderAndAcksAfterTheirMessages() {
        List<TestClient> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(server.connectAs("sender" + i, "/fishing"));
        }
        List<CompletableFuture<List<Long>>> seen = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int number = i;
            seen.add(CompletableFuture.supplyAsync(() -> readAll(senders.get(number), number), threads));
            threads.execute(() -> sendAll(senders.get(number)));
        }
        List<Long> first = seen.get(0).join();
        for (int i = 1; i < first.size(); i++) {
            assertTrue(first.get(i) > first.get(i - 1), "ids are not increasing");
        }
        seen.forEach(ids -> assertEquals(first, ids.join()));
    }

    private static void sendAll(TestClient sender) {
        for (int i = 0; i < MESSAGES_PER_SENDER; i++) {
            sender.send("{'type':'message','text':'" + i + "','ref':'" + i + "'}");
        }
    }

    /** Reads all messages and this client's acks, and returns the ids of the messages. */
    private static List<Long> readAll(TestClient client, int number) {
        List<Long> ids = new ArrayList<>();
        Map<String, Integer> nextOf = new HashMap<>();
        int acks = 0;
        long lastOwn = 0;
        while (ids.size() < SENDERS * MESSAGES_PER_SENDER || acks < MESSAGES_PER_SENDER) {
            JsonNode envelope = client.next();
            if (envelope.get("type").asString().equals("ack")) {
                assertEquals(String.valueOf(acks++), envelope.get("ref").asString());
                assertTrue(envelope.get("id").asLong() <= lastOwn, "the ack was sent before its message");
            } else {
                String user = envelope.get("user").asString();
                int next = nextOf.merge(user, 1, Integer::sum) - 1;
                assertEquals(String.valueOf(next), envelope.get("text").asString(), user);
                ids.add(envelope.get("id").asLong());
                lastOwn = user.equals("sender" + number) ? envelope.get("id").asLong() : lastOwn;
            }
        }
        return ids;
    }

    @Test
    void repliesAfterTheClientsEarlierMessages() {
        TestClient alice = server.connectAs("alice", "/fishing");
        for (int i = 0; i < 200; i++) {
            alice.say("first " + i);
            alice.send("{'type':'heartbeat','ref':'then " + i + "'}");
            assertEquals("first " + i, alice.expect("message").get("text").asString());
            assertEquals("then " + i, alice.expect("heartbeat").get("ref").asString());
        }
    }

    @Test
    void sendsAConnectionEnvelopeAndThenMessagesWithoutAGapToANewClient() {
        TestClient sender = server.connectAs("sender", "/fishing");
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(sender), threads);
        List<TestClient> newcomers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestClient newcomer = TestClient.open(server.port(), "/fishing?heartbeat=pong");
            newcomer.expect("connection");
            newcomers.add(newcomer);
        }
        sending.join();
        sender.send("{'type':'message','text':'the last','ref':'x'}");
        for (TestClient newcomer : newcomers) {
            int expected = -1;
            String text = newcomer.expect("message").get("text").asString();
            while (!text.equals("the last")) {
                int number = Integer.parseInt(text);
                assertTrue(expected == -1 || number == expected, number + " instead of " + expected);
                expected = number + 1;
                text = newcomer.expect("message").get("text").asString();
            }
            newcomer.close();
        }
    }
}
