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

/** The server goes away in the middle of a conversation. */
class GoingAwayTest {
    private static final Pattern ID = Pattern.compile("\"type\":\"(message|ack)\".*\"id\":(\\d+)");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everybodyHearsWhatWasAcknowledgedAndThenToComeBack(int cores) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        TestServer server = TestServer.onCores(cores, "MESSAGE_RATE", "0");
        List<TestClient> talkers = new ArrayList<>();
        List<CompletableFuture<Heard>> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            talkers.add(server.connectAs("talker" + i, "/fishing"));
        }
        TestClient witness = server.connect("/fishing?heartbeat=pong");
        for (int i = 0; i < 5; i++) {
            TestClient reader = server.connect("/fishing?heartbeat=pong");
            heard.add(CompletableFuture.supplyAsync(() -> readToTheEnd(reader), threads));
        }
        for (TestClient talker : talkers) {
            heard.add(CompletableFuture.supplyAsync(() -> readToTheEnd(talker), threads));
            threads.execute(() -> talkUntilCutOff(talker));
        }
        for (int i = 0; i < 200; i++) {
            witness.expect("message");
        }
        heard.add(CompletableFuture.supplyAsync(() -> readToTheEnd(witness), threads));
        server.weirServer().stop();
        Set<Long> acknowledged = new HashSet<>();
        for (CompletableFuture<Heard> each : heard) {
            acknowledged.addAll(each.join().acks());
            assertEquals(1001, each.join().closeCode());
        }
        assertTrue(acknowledged.size() > 50, "acknowledged: " + acknowledged.size());
        for (CompletableFuture<Heard> each : heard.subList(0, 8)) {
            assertTrue(each.join().messages().containsAll(acknowledged));
        }
        server.close();
        threads.shutdownNow();
    }

    private record Heard(Set<Long> messages, Set<Long> acks, int closeCode) {}

    private static Heard readToTheEnd(TestClient client) {
        Heard heard = new Heard(new HashSet<>(), new HashSet<>(), 0);
        WireFrame frame = client.nextFrame();
        while (frame.opcode() != WireFrame.CLOSE) {
            Matcher matcher = ID.matcher(frame.text());
            if (matcher.find()) {
                (matcher.group(1).equals("ack") ? heard.acks() : heard.messages())
                        .add(Long.parseLong(matcher.group(2)));
            }
            frame = client.nextFrame();
        }
        client.close();
        return new Heard(heard.messages(), heard.acks(), frame.closeCode());
    }

    private static void talkUntilCutOff(TestClient talker) {
        try {
            for (int i = 0; i < 100_000; i++) {
                talker.send("{'type':'message','text':'" + i + "','ref':'" + i + "'}");
            }
        } catch (UncheckedIOException e) {
            // The server has gone, which is what this is about.
        }
    }
}
