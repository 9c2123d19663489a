package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets and plain HTTP on the same port, and one after the other on the same connection. */
class OnePortTest {
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int HEALTH_BYTES = "{\"status\":\"ok\"}".length();

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static void expectHealth(RawSocket socket) {
        socket.send(HEALTH);
        String header = socket.readHeader();
        assertTrue(header.startsWith("HTTP/1.1 200 "), header);
        assertEquals("{\"status\":\"ok\"}", socket.readText(HEALTH_BYTES));
    }

    private String answerTo(String request) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send(request);
            socket.closeOutput();
            return socket.readAll();
        }
    }

    @Test
    void servesHttpAndWebSocketsOnTheSamePort() {
        TestClient client = server.connect("/fishing");
        try (RawSocket http = RawSocket.connect(server.port())) {
            expectHealth(http);
            expectHealth(http);
        }
        client.send("{'type':'ping'}");
        client.expect("pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "Websocket", "WEBSOCKET"})
    void upgradesAConnectionAfterOtherRequests(String spelling) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            expectHealth(socket);
            expectHealth(socket);
            socket.send(request(spelling));
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 101 "));
            assertEquals(
                    "{\"type\":\"connection\",\"id\":\"fishing\"}",
                    socket.readFrame().text());
            socket.send(ping());
            assertTrue(socket.readFrame().text().startsWith("{\"type\":\"pong\""));
            assertEquals(1, server.weirServer().connectionCount());
        }
        await().until(() -> server.weirServer().socketCount() == 0);
        assertEquals(0, server.weirServer().connectionCount());
    }

    private static String request(String spelling) {
        return "GET /fishing HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: " + spelling
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private static byte[] ping() {
        return new WireFrame(true, WireFrame.TEXT, "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8)).masked();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 2_000})
    void keepsFramesThatFollowALateUpgradeImmediately(int frames) {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            expectHealth(socket);
            byte[] upgrade = request("websocket").getBytes(StandardCharsets.US_ASCII);
            byte[] frame = ping();
            byte[] all = new byte[upgrade.length + frames * frame.length];
            System.arraycopy(upgrade, 0, all, 0, upgrade.length);
            for (int i = 0; i < frames; i++) {
                System.arraycopy(frame, 0, all, upgrade.length + i * frame.length, frame.length);
            }
            socket.send(all);
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 101 "));
            socket.readFrame();
            int answers = 0;
            // Over the rate limit, the reply to a ping is an error; many errors close the connection.
            while (answers < Math.min(frames, 20)) {
                String text = socket.readFrame().text();
                answers += text.contains("pong") || text.contains("error") ? 1 : 0;
            }
        }
    }

    @Test
    void explainsARefusedUpgradeAndKeepsTheConnection() {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            expectHealth(socket);
            socket.send(request("websocket").replace("Version: 13", "Version: 8"));
            String header = socket.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 426 "), header);
            assertTrue(header.contains("Sec-WebSocket-Version: 13\r\n"), header);
            assertTrue(header.contains("application/problem+json"), header);
            socket.readText(contentLength(header));
            socket.sendHandshake("/fishing", Map.of("Origin", "http://evil.example"));
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 403 "));
        }
    }

    private static int contentLength(String header) {
        return Integer.parseInt(header.replaceFirst("(?is).*content-length: (\\d+).*", "$1"));
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /healthz HTTP/1.0', 200",
        "'HEAD / HTTP/1.0', 200",
        "'PATCH /healthz HTTP/1.0', 405",
        "'GET /nothing HTTP/1.0', 404",
        "'GET /healthz HTTP/9.9', 505",
        "'nonsense', 400",
        "'\u0016\u0003\u0001', 400",
        "'PRI * HTTP/2.0', 4",
    })
    void answersOtherRequestsAsHttp(String line, String status) {
        String answer = answerTo(line + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    @Test
    void acceptsLinesThatEndWithALineFeedOnly() {
        assertTrue(answerTo("GET /healthz HTTP/1.0\n\n").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void hasTheSameHeaderLimitForBothProtocols() {
        String cookies = "Cookie: " + "x".repeat(15_000) + "\r\n\r\n";
        assertTrue(answerTo("GET /healthz HTTP/1.0\r\n" + cookies).startsWith("HTTP/1.1 200 "));
        String upgrade = request("websocket").replaceFirst("\r\n\r\n$", "\r\n");
        assertTrue(answerTo(upgrade + cookies).startsWith("HTTP/1.1 101 "));
        String tooLong = "Cookie: " + "x".repeat(20_000) + "\r\n\r\n";
        for (String request : List.of("GET /healthz HTTP/1.1\r\nHost: localhost\r\n", upgrade)) {
            String answer = answerTo(request + tooLong);
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void acceptsRequestsInPieces() {
        try (RawSocket socket = RawSocket.connect(server.port())) {
            HEALTH.chars().forEach(c -> socket.send(Character.toString(c)));
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 200 "));
        }
        String post = "POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        for (int cut : new int[] {1, 40, post.length() - 3, post.length() - 2, post.length() - 1}) {
            try (RawSocket socket = RawSocket.connect(server.port())) {
                socket.send(post.substring(0, cut));
                socket.send(post.substring(cut));
                assertTrue(socket.readAll().startsWith("HTTP/1.1 400 "));
            }
        }
    }

    @Test
    void closesAConnectionWithAnIncompleteHeader() {
        try (TestServer impatient = TestServer.with("HANDSHAKE_TIMEOUT", "1s");
                RawSocket socket = RawSocket.connect(impatient.port())) {
            socket.send("GET /healthz HTTP/1.1\r\nX: ");
            await().until(() -> impatient.weirServer().socketCount() == 1);
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                impatient.advance(Duration.ofSeconds(2));
                return impatient.weirServer().socketCount() == 0;
            });
            assertTrue(socket.readAll().startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void countsBothProtocolsTowardsTheSameLimits() {
        try (TestServer small = TestServer.with("MAX_CONNECTIONS", "2")) {
            RawSocket http = RawSocket.connect(small.port());
            sendIncompleteBody(small, http);
            small.connect("/fishing");
            try (TestClient outside = TestClient.open(small.port(), "/fishing")) {
                outside.expectError(503);
                outside.expectClose(1013);
            }
            try (RawSocket late = RawSocket.connect(small.port())) {
                late.send(HEALTH);
                String answer = late.readAll();
                assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                assertTrue(answer.contains("Retry-After: "), answer);
            }
            http.close();
            await().until(() -> small.weirServer().socketCount() == 1);
            small.connect("/fishing");
        }
        try (TestServer small = TestServer.with("MAX_CONNECTIONS_PER_ADDRESS", "1");
                RawSocket http = RawSocket.connect(small.port())) {
            expectHealth(http);
            try (RawSocket late = RawSocket.connect(small.port())) {
                late.send(HEALTH);
                assertTrue(late.readAll().startsWith("HTTP/1.1 429 "));
            }
            try (RawSocket elsewhere = RawSocket.connect(small.port(), 0, "127.0.0.2")) {
                expectHealth(elsewhere);
            }
        }
    }

    /** Sends a request with an incomplete body, and waits until the server has received it. */
    private static void sendIncompleteBody(TestServer server, RawSocket socket) {
        socket.send("POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{");
        await().until(() -> server.weirServer().waitingBytes() > 0);
    }

    /** Whether another client can connect and send. */
    private static boolean canConnect(TestServer server, String path) {
        TestClient client = server.open(path);
        if (!client.next().get("type").asString().equals("connection")) {
            int before = server.weirServer().socketCount();
            client.close();
            // A rejected connection counts until it is closed.
            await().until(() -> server.weirServer().socketCount() < before);
            return false;
        }
        client.send("{'type':'ping'}");
        client.expect("pong");
        return true;
    }

    private static boolean isOpen(RawSocket socket) {
        try {
            expectHealth(socket);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Test
    void closesAnIdleHttpConnectionForANewOne() {
        try (TestServer small = TestServer.with("MAX_CONNECTIONS", "3")) {
            List<RawSocket> idle = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawSocket socket = RawSocket.connect(small.port());
                expectHealth(socket);
                expectHealth(socket);
                idle.add(socket);
            }
            // A connection becomes idle slightly later than its client receives the response.
            await().until(() -> canConnect(small, "/fishing"));
            await().until(() -> small.weirServer().socketCount() == 3);
            assertEquals(2, idle.stream().filter(OnePortTest::isOpen).count());
            await().until(() -> canConnect(small, "/fishing"));
            await().until(() -> canConnect(small, "/fishing"));
            assertEquals(0, idle.stream().filter(OnePortTest::isOpen).count());
            assertEquals(3, small.weirServer().connectionCount());
            assertFalse(canConnect(small, "/fishing"));
            idle.forEach(RawSocket::close);
        }
    }

    @Test
    void closesNoConnectionWithAnActiveRequest() {
        try (TestServer small = TestServer.with("MAX_CONNECTIONS", "2");
                RawSocket busy = RawSocket.connect(small.port());
                RawSocket idle = RawSocket.connect(small.port())) {
            expectHealth(busy);
            sendIncompleteBody(small, busy);
            expectHealth(idle);
            await().until(() -> canConnect(small, "/fishing"));
            assertTrue(idle.isClosedByServer());
            assertFalse(canConnect(small, "/fishing"));
            busy.send("}");
            String header = busy.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 400 "), header);
            busy.readText(contentLength(header));
            await().until(() -> canConnect(small, "/fishing"));
            assertTrue(busy.isClosedByServer());
        }
    }

    @Test
    void keepsAWebSocketThatWasAnIdleHttpConnection() {
        try (TestServer small = TestServer.with("MAX_CONNECTIONS", "1");
                RawSocket socket = RawSocket.connect(small.port())) {
            expectHealth(socket);
            socket.send(request("websocket"));
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 101 "));
            socket.readFrame();
            assertFalse(canConnect(small, "/fishing"));
            socket.send(ping());
            assertTrue(socket.readFrame().text().startsWith("{\"type\":\"pong\""));
        }
    }

    @Test
    void countsIncompleteBodiesLikeIncompleteMessages() {
        try (RawSocket http = RawSocket.connect(server.port())) {
            http.send("POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 60000\r\n\r\n" + " ".repeat(50_000));
            await().until(() -> server.weirServer().waitingBytes() >= 50_000);
        }
        await().until(() -> server.weirServer().waitingBytes() == 0);
    }

    @Test
    void releasesEverythingOfUpgradedConnections() {
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RawSocket socket = RawSocket.connect(server.port());
            sockets.add(socket);
            switch (i % 5) {
                case 0 -> expectHealth(socket);
                case 1 -> socket.send("GET /healthz");
                case 2 -> {
                    expectHealth(socket);
                    socket.send(request("websocket"));
                    socket.readHeader();
                }
                case 3 -> {
                    expectHealth(socket);
                    socket.send(request("websocket"));
                    socket.reset();
                }
                default -> {
                    socket.send(HEALTH);
                    socket.reset();
                }
            }
        }
        sockets.forEach(RawSocket::close);
        await().until(() -> server.weirServer().socketCount() == 0);
        await().until(() -> server.weirServer().connectionCount() == 0);
        assertEquals(0, server.weirServer().waitingBytes());
        server.connect("/fishing");
    }
}
