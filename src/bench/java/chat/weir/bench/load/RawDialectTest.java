package chat.weir.bench.load;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The load on a server that only sends each text to all clients with the same path. */
class RawDialectTest {
    private static final Shape SHAPE = new Shape(3, 4, 2);

    @Test
    void countsDeliveriesOfEveryChannel() throws Exception {
        Figures figures = load(Integer.MAX_VALUE);
        assertTrue(figures.value(Figure.DELIVERIES) > 0, figures::summary);
    }

    @Test
    void rejectsARunThatLosesAMessage() {
        LoadFailure failure = assertThrows(LoadFailure.class, () -> load(20));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("deliveries lost 4,"), failure::getMessage);
    }

    /** @param omitted the number of the message that the server discards */
    private static Figures load(int omitted) throws IOException, InterruptedException {
        Broadcaster server = new Broadcaster(omitted);
        server.start();
        try {
            server.started.await();
            Target target = new Target(
                    server.getPort(), ProcessHandle.current().pid(), Dialect.RAW, false, false, Path.of("unused"));
            Duration period = Duration.ofMillis(200);
            LoadOptions options = new LoadOptions(Scenario.C, target, period, period, 0, false, false);
            return new BroadcastLoad(options, SHAPE, new ScheduledPace(50)).run();
        } finally {
            server.stop();
        }
    }

    private static final class Broadcaster extends WebSocketServer {
        final CountDownLatch started = new CountDownLatch(1);
        private final Set<WebSocket> open = ConcurrentHashMap.newKeySet();
        private final AtomicInteger received = new AtomicInteger();
        private final int omitted;

        Broadcaster(int omitted) {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            this.omitted = omitted;
        }

        @Override
        public void onStart() {
            started.countDown();
        }

        @Override
        public void onOpen(WebSocket connection, ClientHandshake handshake) {
            open.add(connection);
        }

        @Override
        public void onMessage(WebSocket connection, String text) {
            if (received.incrementAndGet() != omitted) {
                String path = connection.getResourceDescriptor();
                broadcast(
                        text,
                        open.stream()
                                .filter(other -> other.getResourceDescriptor().equals(path))
                                .collect(Collectors.toSet()));
            }
        }

        @Override
        public void onClose(WebSocket connection, int code, String reason, boolean remote) {
            open.remove(connection);
        }

        @Override
        public void onError(@Nullable WebSocket connection, Exception fault) {
            // Closed by the test.
        }
    }
}
