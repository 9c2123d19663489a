package chat.weir.prometheus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.JarProcess;
import chat.weir.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documented configuration, the alerts and the dashboard, against a real Prometheus. */
class PrometheusIT {
    private static final Path DOCUMENTATION = Path.of("src/site/markdown/operations.md");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MESSAGES = 50;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private static String block(String containing) {
        try {
            return Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(Files.readString(DOCUMENTATION))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> block.contains(containing))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configure(int port) throws IOException {
        Files.writeString(directory.resolve("weir-alerts.yml"), block("groups:"));
        String configuration = block("scrape_configs:")
                .replace("scrape_interval: 15s", "scrape_interval: 1s")
                .replace("127.0.0.1:8080", "127.0.0.1:" + port);
        return Files.writeString(directory.resolve("prometheus.yml"), configuration);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void promtoolAcceptsTheDocumentedFiles() throws Exception {
        Path configuration = configure(8080);
        String checked = run("promtool", "check", "config", configuration.toString());
        assertTrue(checked.contains("5 rules found"), checked);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * The body of a response, or an empty object from a server that does not listen or is not ready: until its storage
     * is open, Prometheus answers every request with a 503 in plain text.
     */
    private JsonNode get(String url) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 503 ? MAPPER.createObjectNode() : MAPPER.readTree(response.body());
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private JsonNode query(int prometheus, String expression) {
        return get("http://127.0.0.1:" + prometheus + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** The sum of the values that a query returns. */
    private double value(int prometheus, String expression) {
        double sum = 0;
        for (JsonNode result : query(prometheus, expression).at("/data/result")) {
            sum += Double.parseDouble(result.get("value").get(1).asString());
        }
        return sum;
    }

    private static void chat(int port) {
        try (TestClient alice = TestClient.open(port, "/fishing?heartbeat=pong");
                TestClient bob = TestClient.open(port, "/fishing?heartbeat=pong")) {
            alice.expect("connection");
            bob.expect("connection");
            alice.identify("alice");
            while (!alice.await("heartbeat").get("authenticated").asString().equals("true")) {
                // Skips earlier heartbeats.
            }
            for (int i = 0; i < MESSAGES; i++) {
                alice.say("message " + i);
                bob.await("message");
                alice.await("message");
            }
        }
    }

    @Test
    void prometheusCollectsMetricsAndAnswersDashboardQueries() throws Exception {
        Map<String, String> settings = new HashMap<>(JarProcess.QUICK_START);
        settings.putAll(Map.of("HOST", "127.0.0.1", "PORT", "0", "IDENTITY_GRACE", "0s", "MESSAGE_RATE", "0"));
        settings.put("DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
        try (JarProcess weir = JarProcess.start(directory, settings)) {
            Path configuration = configure(weir.port());
            int port = freePort();
            Process prometheus = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("prometheus.log").toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> value(port, "up{job=\"weir\"}") == 1);
                chat(weir.port());
                await().atMost(Duration.ofSeconds(30)).until(() -> value(port, "weir_messages_total") == MESSAGES);
                assertEquals(MESSAGES, value(port, "weir_commit_seconds_count"));
                assertEquals(MESSAGES, value(port, "weir_delivery_seconds_count"));
                assertEquals(MESSAGES, value(port, "weir_group_commit_messages_sum"));
                assertEquals(MESSAGES, value(port, "weir_envelopes_total{type=\"message\"}"));
                assertTrue(value(port, "weir_deliveries_total") >= 2 * MESSAGES);
                assertEquals(2, value(port, "weir_handshakes_total"));
                assertAnswersTheDashboard(weir.port(), port);
            } finally {
                prometheus.destroy();
                prometheus.waitFor();
            }
        }
    }

    private void assertAnswersTheDashboard(int weir, int prometheus) {
        List<JsonNode> expressions =
                get("http://127.0.0.1:" + weir + "/grafana.json").findValues("expr");
        assertTrue(expressions.size() > 30);
        for (JsonNode expression : expressions) {
            String query = expression
                    .asString()
                    .replace("$__rate_interval", "1m")
                    .replace("$job", ".*")
                    .replace("$instance", ".*");
            assertEquals("success", query(prometheus, query).path("status").asString(), query);
        }
    }
}
