package chat.weir.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send or take as slowly as they can, to keep the threads from others. */
class SlowClientsTest {
    private static final int ATTACKERS = 200;
    private static final Duration BEARABLE = Duration.ofSeconds(5);
    private final TestApi api = TestApi.start();
    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    private List<RawSocket> attackers = List.of();

    @AfterEach
    void stop() {
        drip.shutdownNow();
        attackers.forEach(RawSocket::close);
        api.close();
    }

    /** Many sockets begin in one way, and go on with a byte a second; whoever is cut off comes again at once. */
    private void attack(String beginning) {
        attackers =
                IntStream.range(0, ATTACKERS).mapToObj(i -> begin(beginning)).toList();
        Future<?> unused = drip.scheduleAtFixedRate(
                () -> attackers = attackers.stream()
                        .map(attacker -> goOn(attacker, beginning))
                        .toList(),
                1,
                1,
                TimeUnit.SECONDS);
        await().until(() -> api.api().busy() == RequestThreads.THREADS);
    }

    private RawSocket begin(String beginning) {
        RawSocket socket = RawSocket.connect(api.port());
        socket.send(beginning);
        return socket;
    }

    private RawSocket goOn(RawSocket attacker, String beginning) {
        try {
            attacker.send("x");
            return attacker;
        } catch (UncheckedIOException e) {
            attacker.close();
            return begin(beginning);
        }
    }

    private void expectService() {
        for (int i = 0; i < 10; i++) {
            long begun = System.nanoTime();
            api.get("/api/channels").send().expect(200);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(BEARABLE) < 0, "took " + took);
        }
    }

    @Test
    void servesOthersWhileManySendTheirHeadersByteByByte() {
        attack("GET /healthz HTTP/1.1\r\nX: ");
        expectService();
    }

    @Test
    void servesOthersWhileManySendTheirBodiesByteByByte() {
        attack("POST /api/accounts HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{");
        expectService();
    }

    @Test
    void cutsOffWhoeverDoesNotTakeItsResponses() {
        try (TestApi impatient = TestApi.with(new Patience(Duration.ofMillis(700), Duration.ofMillis(500)));
                RawSocket socket = RawSocket.connect(impatient.port(), 1_024, "127.0.0.1")) {
            socket.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(400));
            await().until(() -> impatient.api().busy() == 1);
            await().during(Duration.ofMillis(300)).until(() -> impatient.api().busy() == 0);
            assertTrue(socket.isClosedByServer());
        }
    }
}
