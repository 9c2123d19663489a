package chat.weir.proxy;

import chat.weir.testing.JarProcess;
import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Weir behind a proxy, over TLS.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ProxiedWeir implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "HOST", "127.0.0.1",
            "PORT", "0",
            "TRUSTED_PROXIES", "127.0.0.1",
            "HEARTBEAT_INTERVAL", "100ms",
            "HEARTBEAT_TIMEOUT", "10m",
            "IDENTITY_GRACE", "0s",
            "MESSAGE_RATE", "0");

    private final Map<String, String> settings;
    private final List<TestClient> clients = new ArrayList<>();
    private final ProxySetup setup;
    private final SSLContext trust;
    private final HttpClient http;
    private final ProxyProcess proxy;
    private JarProcess weir;

    private ProxiedWeir(
            JarProcess weir,
            Map<String, String> settings,
            ProxySetup setup,
            Function<ProxySetup, ProxyProcess> starting) {
        this.weir = weir;
        this.settings = settings;
        this.setup = setup;
        this.trust = setup.certificate().trust();
        this.http = HttpClient.newBuilder().sslContext(trust).build();
        this.proxy = starting.apply(setup);
    }

    /** Starts both, Weir with these settings: alternating names and values. */
    static ProxiedWeir start(Path directory, Function<ProxySetup, ProxyProcess> starting, String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(JarProcess.QUICK_START);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        JarProcess weir = JarProcess.start(directory, settings);
        try {
            ProxySetup setup = ProxySetup.of(directory, weir.port(), settings.getOrDefault("BASE_PATH", ""));
            return new ProxiedWeir(weir, settings, setup, starting);
        } catch (RuntimeException | Error e) {
            weir.close();
            throw e;
        }
    }

    JarProcess weir() {
        return weir;
    }

    ProxyProcess proxy() {
        return proxy;
    }

    Certificate certificate() {
        return setup.certificate();
    }

    /** The port that redirects to TLS. */
    int plainPort() {
        return setup.plainPort();
    }

    String url(String scheme, String path) {
        return scheme + "://localhost:" + setup.tlsPort() + path;
    }

    RawSocket socket(String from) {
        return RawSocket.connect(setup.tlsPort(), trust, from);
    }

    /** Connects a client from a loopback address, without reading anything. */
    TestClient open(String path, String from, Map<String, String> header) {
        TestClient client = TestClient.open(socket(from), path, header);
        clients.add(client);
        return client;
    }

    /** Connects a client and reads its {@code connection} envelope. */
    TestClient connect(String path, String from) {
        TestClient client = open(path + "?heartbeat=pong", from, Map.of());
        client.expect("connection");
        return client;
    }

    /** Connects an authenticated guest. */
    TestClient guest(String name, String path) {
        return guest(name, path, "127.0.0.1");
    }

    TestClient guest(String name, String path, String from) {
        TestClient client = connect(path, from);
        client.identify(name);
        awaitAuthentication(client);
        return client;
    }

    static void awaitAuthentication(TestClient client) {
        while (!client.await("heartbeat").get("authenticated").asString().equals("true")) {
            // Skips earlier heartbeats.
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"')));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url("https", path))).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a request from a loopback address. @return the status of the response */
    int status(String from, String... lines) {
        try (RawSocket socket = socket(from)) {
            socket.send(String.join("\r\n", lines) + "\r\n\r\n");
            return Integer.parseInt(socket.readHeader().split(" ", 3)[1]);
        }
    }

    /** Restarts Weir on the same port after its end. */
    void restartWeir(Path directory) {
        Map<String, String> again = new HashMap<>(settings);
        again.put("PORT", Integer.toString(setup.weirPort()));
        weir = JarProcess.start(directory, again);
        int unused = weir.port();
    }

    @Override
    public void close() {
        clients.forEach(TestClient::close);
        try {
            proxy.close();
        } finally {
            weir.close();
        }
    }
}
