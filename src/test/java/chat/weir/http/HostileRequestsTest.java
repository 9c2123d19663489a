package chat.weir.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed and hostile requests. */
class HostileRequestsTest {
    private static final String JSON_POST =
            "POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private final TestApi api = TestApi.with(new HttpTimeouts(
            Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10)));

    @AfterEach
    void stopAfterCheck() {
        api.get("/healthz").send().expect(200);
        await().until(() -> api.api().requestsUnderWay() == 0);
        api.close();
    }

    private String answerTo(String request) {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send(request);
            socket.closeOutput();
            return socket.readAll();
        }
    }

    private static String status(String answer) {
        return answer.isEmpty() ? "closed" : answer.substring(9, 12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET //healthz HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /api/channels/%zz/messages HTTP/1.1",
                "GET /api/channels/%/messages HTTP/1.1",
                "GET /api/channels/\u00e4/messages HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET http:// HTTP/1.1",
                "GET",
                "\u0000\u0001\u0002 \u0003 \u0004",
                "OPTIONS * HTTP/1.1",
                "GET /\r HTTP/1.1",
                "GET /api/channels?limit=%zz HTTP/1.1",
                "GET /api/channels?limit=%C3 HTTP/1.1",
                "GET /api/channels?after=%00 HTTP/1.1",
                "GET /api/channels/\u00c3\u00a4/messages HTTP/1.1",
            })
    void refusesInvalidTargets(String line) {
        String answer = answerTo(line + "\r\nHost: localhost\r\n\r\n");
        assertTrue(List.of("400", "404").contains(status(answer)), answer);
    }

    @Test
    void acceptsAnAbsoluteTarget() {
        assertTrue(answerTo("GET http://localhost/healthz?x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .contains("{\"status\":\"ok\"}"));
        assertEquals("400", status(answerTo("CONNECT mailto:x HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    }

    @Test
    void answers431ToAnOverlongHeader() {
        assertEquals(
                "200",
                status(answerTo(
                        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nCookie: " + "x".repeat(15_000) + "\r\n\r\n")));
        assertEquals("404", status(answerTo("GET /" + "x".repeat(15_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        assertEquals("431", status(answerTo("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        for (int length : new int[] {17_000, 40_000, 200_000}) {
            String answer = answerTo("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(length) + "\r\n\r\n");
            assertEquals("431", status(answer), answer);
        }
    }

    @Test
    void closesOnAnEndlessHeader() {
        assertTrue(closes("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(400_000) + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost",
                "HOST: other",
                "Origin: http://a\r\nOrigin: http://b",
                "Authorization: Bearer a\r\nauthorization: Bearer b"
            })
    void refusesRepeatedSingletonFields(String more) {
        assertEquals("400", status(answerTo("GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n\r\n")));
    }

    private boolean closes(String request) {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send(request);
            return socket.isClosedByServer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1\r\n\r\n",
                "Content-Length: x\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                "X Y: x\r\n\r\n{}",
            })
    void refusesInvalidLengths(String rest) {
        assertEquals("400", status(answerTo(JSON_POST + rest)));
    }

    @Test
    void refusesOverlongBodiesByTheirLength() {
        String answer = answerTo(JSON_POST + "Content-Length: 9999999999\r\n\r\n{");
        assertEquals("413", status(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\n{\"username\":",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"use",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{}",
            })
    void timesOutOnAnIncompleteBody(String rest) {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send(JSON_POST + rest);
            assertTrue(List.of("400", "408").contains(status(socket.readAll())));
        }
        assertEquals("closed", status(answerTo(JSON_POST + rest)).replace("400", "closed"));
    }

    @Test
    void timesOutOnAnIncompleteHeader() {
        assertTrue(closes(JSON_POST));
        assertTrue(closes("P"));
    }

    @Test
    void closesIfARefusedBodyDoesNotEnd() {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n{");
            assertEquals("404", status(socket.readAll()));
        }
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("HEAD /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n{");
            assertTrue(socket.isClosedByServer());
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        String get = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answer = answerTo(String.format(get, "/healthz")
                + JSON_POST + "Content-Length: 2\r\n\r\n{}"
                + "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "DELETE /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                + String.format(get, "/readyz"));
        List<String> statuses = List.of(answer.split("HTTP/1\\.1 ", -1)).stream()
                .skip(1)
                .map(part -> part.substring(0, 3))
                .toList();
        assertEquals(List.of("200", "400", "200", "405", "200"), statuses);
        assertTrue(answer.endsWith("{\"status\":\"ready\"}"), answer);
    }

    @Test
    void doesNotReflectTheRequestInHeaders() {
        String answer =
                answerTo("GET /%0d%0aX-Evil:1?after=%0d%0aX-Evil:1 HTTP/1.1\r\nHost: localhost\r\nOrigin: x\r\n\r\n");
        assertEquals("404", status(answer));
        assertFalse(answer.contains("\nX-Evil"), answer);
    }

    @Test
    void answersManyConcurrentRequests() throws Exception {
        api.registered("alice");
        ExecutorService clients = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Answer>> calls = IntStream.range(0, 300)
                    .<Callable<Answer>>mapToObj(i ->
                            () -> api.get("/api/accounts").bearer(TestApi.KEY).send())
                    .toList();
            for (Future<Answer> answer : clients.invokeAll(calls)) {
                answer.get().expect(200);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void survivesResets() {
        for (int i = 0; i < 20; i++) {
            for (String request :
                    List.of("", "G", JSON_POST + "Content-Length: 9\r\n\r\n{", "GET /healthz HTTP/1.1\r\n\r\n")) {
                RawSocket socket = RawSocket.connect(api.port());
                socket.send(request);
                socket.reset();
            }
        }
    }
}
