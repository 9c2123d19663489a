package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.JarProcess;
import chat.weir.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start command of TwiceCast's chat_server, with the jar. */
class TwiceCastIT {
    @TempDir
    private Path directory;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void portAsAnArgumentOfTheStartCommandIsTheFirstArgumentOfTheJar() throws IOException {
        int port = freePort();
        Map<String, String> settings = Map.of("HOST", "127.0.0.1", "PORT", "0");
        try (JarProcess weir = JarProcess.start(directory, settings, String.valueOf(port))) {
            assertEquals(port, weir.port());
            try (TestClient client = TestClient.open(port, "/boats")) {
                client.expectExactly("{'type':'connection','id':'boats'}");
            }
        }
    }
}
