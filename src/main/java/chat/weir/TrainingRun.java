package chat.weir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import chat.weir.settings.InvalidSettingsException;
import chat.weir.settings.Settings;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that serves a few clients of its own and ends: the JVM has then loaded the classes that a server needs, and
 * can archive them for a faster start ({@code -XX:ArchiveClassesAtExit}). Uses a free port and a temporary database,
 * and ignores the settings of the environment.
 *
 * <p>Threading: confined to the main thread.
 */
final class TrainingRun {
    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String CREDENTIALS = "\"username\":\"trainee\",\"password\":\"correct horse\"";
    private static final String UPGRADE = """
            GET /training?heartbeat=pong HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """;
    private static final int TEXT_FRAME = 0x81;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;

    private final int port;

    private TrainingRun(int port) {
        this.port = port;
    }

    /** Starts a server, uses it and stops it. */
    static void run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("weir-training");
        try {
            Settings settings = settings(directory);
            LogConfig.start(settings.logLevel());
            int cores = Runtime.getRuntime().availableProcessors();
            WeirServer server = new WeirServer(settings, Clocks.real(), cores, exitCode -> {});
            try {
                server.start();
                server.watch();
                new TrainingRun(server.port()).useAll();
            } finally {
                server.stop();
                LogConfig.stop();
            }
        } finally {
            delete(directory);
        }
    }

    private static Settings settings(Path directory) {
        Map<String, String> values = Map.of(
                "HOST",
                InetAddress.getLoopbackAddress().getHostAddress(),
                "PORT",
                "0",
                "DATABASE_URL",
                "jdbc:sqlite:" + directory.resolve("weir.db"));
        try {
            return SettingsReader.read(SettingsSource.of(List.of(), values, directory), network -> false);
        } catch (InvalidSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void useAll() throws IOException {
        request("GET", "/", "");
        request("GET", "/healthz", "");
        request("GET", "/metrics", "");
        request("POST", "/api/accounts", "{" + CREDENTIALS + "}");
        request("POST", "/api/sessions", "{" + CREDENTIALS + "}");
        talk("{\"type\":\"identity\",\"user\":\"guest\"}", "success");
        talk("{\"type\":\"auth\"," + CREDENTIALS + "}", "complete");
        request("GET", "/api/channels/training/messages", "");
    }

    private void request(String method, String path, String body) throws IOException {
        try (Socket socket = connect()) {
            String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
            send(
                    socket,
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                            .formatted(method, path, type, body.length(), body));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            log.info("{} {}: {}", method, path, answer.lines().findFirst().orElse("no answer"));
        }
    }

    /** Joins a channel, sends an envelope, and a message once the answer has that word. */
    private void talk(String envelope, String answer) throws IOException {
        try (Socket socket = connect()) {
            send(socket, UPGRADE.replace("\n", "\r\n"));
            await(socket.getInputStream(), "connection");
            sendFrame(socket, envelope);
            await(socket.getInputStream(), answer);
            sendFrame(socket, "{\"type\":\"message\",\"text\":\"hello\",\"ref\":\"hello\"}");
            await(socket.getInputStream(), "\"ref\":\"hello\"");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** A short text, with a mask of zeros. */
    private static void sendFrame(Socket socket, String text) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(TEXT_FRAME);
        frame.write(MASKED | text.length());
        frame.writeBytes(new byte[MASK_BYTES]);
        frame.writeBytes(text.getBytes(ISO_8859_1));
        frame.writeTo(socket.getOutputStream());
    }

    /** Reads until that text has come. */
    private static void await(InputStream in, String text) throws IOException {
        StringBuilder received = new StringBuilder();
        while (received.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the server closed the connection before it sent " + text + ": " + received);
            }
            received.append((char) next);
        }
    }
}
