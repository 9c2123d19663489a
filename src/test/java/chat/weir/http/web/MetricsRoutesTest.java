package chat.weir.http.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.metrics.LabelledCounter;
import chat.weir.testing.RawSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MetricsRoutesTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private String metrics() {
        return api.get("/metrics").bearer(TestApi.KEY).send().expect(200).text();
    }

    private String direct(String header) {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n");
            return socket.readAll();
        }
    }

    @Test
    void sendsPrometheusTextFormatToAnApiKey() {
        Answer answer = api.get("/metrics").bearer(TestApi.KEY).send().expect(200);
        assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
        assertTrue(answer.text().contains("# TYPE weir_messages_total counter\n"), answer.text());
    }

    @Test
    void allowsTheLocalMachineWithoutAKey() {
        assertTrue(direct("").startsWith("HTTP/1.1 200 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "Via: 1.1 proxy", "X-Real-IP: ::1"})
    void refusesOthers(String forwarding) {
        assertTrue(direct(forwarding + "\r\n").startsWith("HTTP/1.1 401 "));
        api.get("/metrics").send().problem(401);
        api.get("/metrics").bearer(api.registered("alice")).send().problem(403);
    }

    @Test
    void countsRequestsByRouteAndStatus() {
        api.get("/api/channels/fishing/messages").send().expect(200);
        api.get("/api/channels/boats/messages").send().expect(200);
        api.get("/no/such/path").send().problem(404);
        api.call("BREW", "/healthz").send().problem(405);
        String text = metrics();
        assertTrue(
                text.contains("weir_http_requests_seconds_count{method=\"GET\","
                        + "route=\"/api/channels/{id}/messages\",status=\"200\"} 2"),
                text);
        assertTrue(text.contains("{method=\"GET\",route=\"none\",status=\"404\"} 1"), text);
        assertTrue(text.contains("{method=\"other\",route=\"none\",status=\"405\"} 1"), text);
        assertFalse(text.contains("fishing"));
        assertFalse(text.contains("such"));
    }

    /** A dashboard panel with an unknown metric would always be empty. */
    @Test
    void dashboardQueriesExistingMetrics() {
        for (LabelledCounter counter : List.of(
                api.metrics().envelopes(),
                api.metrics().errors(),
                api.metrics().refusals(),
                api.metrics().closes())) {
            counter.increment("something");
        }
        JsonNode dashboard = api.get("/grafana.json").send().expect(200).json();
        Set<String> asked = new TreeSet<>();
        dashboard
                .findValues("expr")
                .forEach(expression -> Pattern.compile("\\b([a-z_]+)\\{")
                        .matcher(expression.asString())
                        .results()
                        .map(found -> found.group(1))
                        .forEach(asked::add));
        assertTrue(asked.size() > 30, asked::toString);
        Set<String> reported = metrics()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toSet());
        Set<String> missing = asked.stream()
                .filter(name ->
                        !reported.contains(name) && !reported.contains(name.replaceFirst("_(bucket|count|sum)$", "")))
                // Metrics of parts that this test does not have: sockets and the connection pool of a database.
                .filter(
                        name -> !name.matches(
                                "weir_(connections|channels|members|queued_bytes(_largest)?)|hikaricp_connections_(active|pending)"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }
}
