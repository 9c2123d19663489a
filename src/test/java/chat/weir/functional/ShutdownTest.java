package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server shuts down while clients send messages. */
class ShutdownTest {
    private static final Pattern ID = Pattern.compile("\"type\":\"(message|ack)\".*\"id\":(\\d+)");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void deliversEveryAcknowledgedMessageAndThenClosesWith1001(int cores) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        TestServer server = TestServer.onCores(cores, "MESSAGE_RATE", "0");
        List<TestClient> senders = new ArrayList<>();
        List<CompletableFuture<Received>> received = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            senders.add(server.connectAs("sender" + i, "/fishing"));
        }
        TestClient observer = server.connect("/fishing?heartbeat=pong");
        for (int i = 0; i < 5; i++) {
            TestClient reader = server.connect("/fishing?heartbeat=pong");
            received.add(CompletableFuture.supplyAsync(() -> readToTheEnd(reader), threads));
        }
        for (TestClient sender : senders) {
            received.add(CompletableFuture.supplyAsync(() -> readToTheEnd(sender), threads));
            threads.execute(() -> sendUntilDisconnected(sender));
        }
        for (int i = 0; i < 200; i++) {
            observer.expect("message");
        }
        received.add(CompletableFuture.supplyAsync(() -> readToTheEnd(observer), threads));
        server.weirServer().stop();
        Set<Long> acknowledged = new HashSet<>();
        for (CompletableFuture<Received> each : received) {
            acknowledged.addAll(each.join().acks());
            assertEquals(1001, each.join().closeCode());
        }
        assertTrue(acknowledged.size() > 50, "acknowledged: " + acknowledged.size());
        for (CompletableFuture<Received> each : received.subList(0, 8)) {
            assertTrue(each.join().messages().containsAll(acknowledged));
        }
        server.close();
        threads.shutdownNow();
    }

    private record Received(Set<Long> messages, Set<Long> acks, int closeCode) {}

    private static Received readToTheEnd(TestClient client) {
        Received received = new Received(new HashSet<>(), new HashSet<>(), 0);
        WireFrame frame = client.nextFrame();
        while (frame.opcode() != WireFrame.CLOSE) {
            Matcher matcher = ID.matcher(frame.text());
            if (matcher.find()) {
                (matcher.group(1).equals("ack") ? received.acks() : received.messages())
                        .add(Long.parseLong(matcher.group(2)));
            }
            frame = client.nextFrame();
        }
        client.close();
        return new Received(received.messages(), received.acks(), frame.closeCode());
    }

    private static void sendUntilDisconnected(TestClient sender) {
        try {
            for (int i = 0; i < 100_000; i++) {
                sender.send("{'type':'message','text':'" + i + "','ref':'" + i + "'}");
            }
        } catch (UncheckedIOException e) {
            // Expected: the server has closed the connection.
        }
    }
}
