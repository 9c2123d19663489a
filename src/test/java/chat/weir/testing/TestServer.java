package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.WeirServer;
import chat.weir.net.CidrRange;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The complete server on a free port, with settings as an operator writes them, and a time that tests advance. The
 * default heartbeat timeout is ten minutes, so that clients need not answer heartbeats.
 */
public final class TestServer implements AutoCloseable {
    /** The identity grace and one heartbeat. */
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final FakeTime time = new FakeTime();
    private final List<TestClient> clients = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final WeirServer weirServer;

    private TestServer(int cores, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT", "0",
                "HOST", "127.0.0.1",
                "DATABASE_URL", "none",
                "HEARTBEAT_TIMEOUT", "10m"));
        environment.putAll(settings);
        Path nowhere = Path.of("target", "no-such-directory");
        weirServer = new WeirServer(
                SettingsReader.read(
                        SettingsSource.of(List.of(), environment, nowhere),
                        text -> CidrRange.parse(text).isPresent()),
                time.clocks(),
                cores,
                exitCode -> failures.incrementAndGet());
        weirServer.start();
    }

    public static TestServer start() {
        return new TestServer(2, Map.of());
    }

    /** Starts a server with settings: names and values in turn. */
    public static TestServer with(String... namesAndValues) {
        return onCores(2, namesAndValues);
    }

    /** With a number of cores, and settings. */
    public static TestServer onCores(int cores, String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new TestServer(cores, settings);
    }

    /** Connects a client without reading anything. */
    public TestClient open(String path) {
        TestClient client = TestClient.open(port(), path);
        clients.add(client);
        return client;
    }

    /** Connects a client, and reads its {@code connection} envelope. */
    public TestClient connect(String path) {
        TestClient client = open(path);
        client.expect("connection");
        // The server sends it while opening; the reply to another envelope shows that opening is complete.
        client.expectNothing();
        return client;
    }

    /** Connects a client with a confirmed name. */
    public TestClient connectAs(String name, String path) {
        TestClient client = connect(path + (path.contains("?") ? "&" : "?") + "heartbeat=pong");
        client.identify(name);
        advance(GRACE);
        assertEquals("true", client.expect("heartbeat").get("authenticated").asString());
        return client;
    }

    public void advance(Duration duration) {
        time.advance(duration);
    }

    public FakeTime time() {
        return time;
    }

    /** The server's time in Unix seconds. */
    public long unixSecond() {
        return time.clocks().clock().instant().getEpochSecond();
    }

    public int port() {
        return weirServer.port();
    }

    public WeirServer weirServer() {
        return weirServer;
    }

    /** Stops running maintenance tasks. */
    public void hangMaintenance() {
        time.hangMaintenance();
    }

    /** How often the server has given up. */
    public int failures() {
        return failures.get();
    }

    /** Also closes its clients, so that stopping need not wait for them. */
    @Override
    public void close() {
        clients.forEach(TestClient::close);
        try {
            weirServer.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
