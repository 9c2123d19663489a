package chat.weir.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
    private static HealthProbe at(int port) {
        return new HealthProbe(InetAddress.getLoopbackAddress(), port, "", Duration.ofSeconds(5));
    }

    @Test
    void isAnsweredByARunningServer() {
        try (TestServer server = TestServer.start()) {
            HealthProbe port = at(server.port());
            assertEquals(1, port.steps());
            assertEquals(2, port.steps());
        }
    }

    @Test
    void countsARejectionAsAnAnswer() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> closeNext(listener));
            assertEquals(1, at(listener.getLocalPort()).steps());
        }
    }

    private static void closeNext(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failsWithoutAListener() throws IOException {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        assertEquals(0, at(port).steps());
    }
}
