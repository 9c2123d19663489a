package chat.weir.browser;

import chat.weir.testing.JarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The jar, with messages in SQLite, an admin, and an API key. After a restart it has the same port. */
final class Chat implements AutoCloseable {
    static final String ADMIN = "root";
    static final String PASSWORD = "correct horse";

    private static final String KEY = "a-key-for-a-backend-to-speak-with";

    private static final int FIRST_PORT = 20_000;
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final Map<String, String> settings;
    private final int port;
    private JarProcess process;

    private Chat(Path directory, Map<String, String> settings, int port) {
        this.directory = directory;
        this.settings = settings;
        this.port = port;
        this.process = JarProcess.start(directory, settings);
        awaitIt();
    }

    static Chat start(Path directory) {
        return start(directory, Map.of());
    }

    static Chat start(Path directory, Map<String, String> more) {
        int port = freePort();
        Map<String, String> settings = new HashMap<>(Map.of(
                "HOST",
                "127.0.0.1",
                "PORT",
                Integer.toString(port),
                "DATABASE_URL",
                "jdbc:sqlite:" + directory.resolve("weir.db"),
                "IDENTITY_GRACE",
                "300ms",
                "HEARTBEAT_INTERVAL",
                "200ms",
                "ADMIN_USERNAME",
                ADMIN,
                "ADMIN_PASSWORD",
                PASSWORD,
                "API_KEYS",
                KEY,
                "MESSAGE_RATE",
                "0"));
        settings.putAll(JarProcess.QUICK_START);
        settings.putAll(more);
        return new Chat(directory, settings, port);
    }

    /** A port below the ephemeral ports, because a browser uses many of those while the server is down. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // In use; try another one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The address of the page. */
    URI page() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Sends SIGKILL. */
    void kill() {
        process.kill();
    }

    void startAgain() {
        process = JarProcess.start(directory, settings);
        awaitIt();
    }

    private void awaitIt() {
        try {
            Awaitility.await()
                    .atMost(Visitor.PATIENCE)
                    .until(() -> process.output().contains("listening ") || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            process.close();
            throw new AssertionError(process.output(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError(process.output());
        }
    }

    /** Sends a message as a backend. */
    void say(String channel, String user, String text) {
        String body = "{\"user\":\"%s\",\"text\":\"%s\"}".formatted(user, text);
        post("api/channels/" + channel + "/messages", body, "Bearer " + KEY);
    }

    void register(String name) {
        post("api/accounts", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD), "");
    }

    private void post(String path, String json, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(page().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
