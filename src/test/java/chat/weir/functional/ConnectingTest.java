package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectingTest {

    @ParameterizedTest
    @CsvSource({
        "/fishing, fishing",
        "/fishing/, fishing",
        "/lakes/north, lakes/north",
        "/lakes%2Fnorth, lakes/north",
        "/caf%C3%A9, café",
        "/a-b_c.d~e, a-b_c.d~e",
        "/fishing?heartbeat=json, fishing",
        "/fishing?x=/boats, fishing",
        "http://example.org/fishing, fishing",
    })
    void readsTheChannelFromThePath(String path, String id) {
        try (TestServer server = TestServer.start();
                TestClient client = TestClient.open(server.port(), path)) {
            client.expectExactly("{'type':'connection','id':'" + id + "'}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a//b",
                "//a",
                "/a//",
                "/.",
                "/a/../b",
                "/@private",
                "/a%20b",
                "/a%00",
                "/%",
                "/%4",
                "/%zz",
                "/%ff",
                "/a+b",
                "/%F0%9F%8E%A3"
            })
    void refusesInvalidChannelIds(String path) {
        try (TestServer server = TestServer.start();
                TestClient client = TestClient.open(server.port(), path)) {
            String message = client.expectError(400).get("message").asString();
            assertTrue(message.contains("channel id"), message);
            client.expectClose(1008);
            assertEquals(0, server.weirServer().channelCount());
        }
    }

    @Test
    void limitsAnIdTo128Bytes() {
        try (TestServer server = TestServer.start();
                TestClient fits = TestClient.open(server.port(), "/" + "%C3%A9".repeat(64));
                TestClient tooLong = TestClient.open(server.port(), "/a" + "%C3%A9".repeat(64))) {
            assertEquals("é".repeat(64), fits.expect("connection").get("id").asString());
            tooLong.expectError(400);
            tooLong.expectClose(1008);
        }
    }

    @Test
    void generatesAChannelForTheRootPath() {
        try (TestServer server = TestServer.start();
                TestClient one = TestClient.open(server.port(), "/");
                TestClient two = TestClient.open(server.port(), "/?heartbeat=pong")) {
            String first = one.expect("connection").get("id").asString();
            String second = two.expect("connection").get("id").asString();
            assertTrue(first.matches("[0-9a-zA-Z]{12}"), first);
            assertNotEquals(first, second);
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/chat/fishing, fishing", "/api/chat/a/b, a/b"})
    void removesTheBasePath(String path, String id) {
        try (TestServer server = TestServer.with("BASE_PATH", "/api/chat/");
                TestClient client = TestClient.open(server.port(), path)) {
            assertEquals(id, client.expect("connection").get("id").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/chat/"})
    void generatesAnIdBelowTheBasePath(String path) {
        try (TestServer server = TestServer.with("BASE_PATH", "/api/chat");
                TestClient client = TestClient.open(server.port(), path)) {
            assertEquals(12, client.expect("connection").get("id").asString().length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fishing", "/api/chatter", "/"})
    void refusesPathsOutsideTheBasePath(String path) {
        try (TestServer server = TestServer.with("BASE_PATH", "/api/chat");
                TestClient client = TestClient.open(server.port(), path)) {
            client.expectError(400);
            client.expectClose(1008);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8', 426",
        "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'X: y', 400",
        "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Key: short', 400",
        "'GET / HTTP/1.1', 'GET /', 400",
        "'Host: x', 'no colon here', 400",
        "'Host: x', 'X: y', 400",
        "'GET / HTTP/1.1', 'GET / HTTP/1.0', 400",
    })
    void explainsAnInvalidHandshake(String part, String instead, String status) {
        String good = String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        try (TestServer server = TestServer.start();
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(good.replace(part, instead));
            String response = client.readAll();
            assertTrue(response.startsWith("HTTP/1.1 " + status), response);
        }
    }

    @Test
    void acceptsAHandshakeInPiecesAndFramesRightAfterIt() {
        try (TestServer server = TestServer.start();
                RawSocket socket = RawSocket.connect(server.port())) {
            socket.send("GET /fishing?heartbeat=pong HT");
            socket.send("TP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r");
            byte[] frame = new WireFrame(true, 1, "{\"type\":\"x\"}".getBytes(StandardCharsets.US_ASCII)).masked();
            byte[] rest = new byte[1 + frame.length];
            rest[0] = '\n';
            System.arraycopy(frame, 0, rest, 1, frame.length);
            socket.send(rest);
            String response = socket.readHeader();
            assertTrue(response.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), response);
            assertTrue(socket.readFrame().text().contains("fishing"));
            assertTrue(socket.readFrame().text().contains("unknown type"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Host: y'",
        "'Host: x'",
        "'host: x'",
        "'Content-Length: 0\nContent-Length: 3'",
        "'Content-Length: 3'",
        "'Content-Length: x'",
        "'Transfer-Encoding: chunked'",
        "'Origin: http://x\nOrigin: http://y'",
        "'Sec-WebSocket-Version: 13'",
        "'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='",
        "'Sec-WebSocket-Protocol: a b'",
        "'Sec-WebSocket-Protocol: chat, (x)'",
        "'Sec-WebSocket-Protocol: \u00E9'",
        "'X : y'",
        "' folded: y'",
        "'X: a\rb'",
    })
    void refusesAnAmbiguousHandshake(String more) {
        String request = String.join(
                "\r\n",
                "GET /fishing HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                more.replace("\n", "\r\n"),
                "",
                "");
        try (TestServer server = TestServer.start();
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(request);
            String response = client.readAll();
            assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x y", "user@x", "x/y", "x, y", "x,y", "x:y", "[::1", ""})
    void refusesAnInvalidHost(String host) {
        try (TestServer server = TestServer.start();
                RawSocket client = RawSocket.connect(server.port())) {
            client.send("GET /fishing HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertTrue(client.readAll().startsWith("HTTP/1.1 400 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_chat:8080", "[::1]:8080", "chat.example.", "127.0.0.1"})
    void acceptsEveryValidHost(String host) {
        try (TestServer server = TestServer.start();
                RawSocket client = RawSocket.connect(server.port())) {
            client.send("GET /fishing HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Content-Length: 0\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertTrue(client.readHeader().startsWith("HTTP/1.1 101 "));
        }
    }

    @Test
    void acceptsCookiesOf15KilobytesLikeTheHttpApi() {
        try (TestServer server = TestServer.start();
                RawSocket socket = RawSocket.connect(server.port())) {
            socket.sendHandshake("/fishing", Map.of("Cookie", "x".repeat(15_000)));
            assertTrue(socket.readHeader().startsWith("HTTP/1.1 101 "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "chat, chat",
        "'v2.chat, chat', v2.chat",
        "' , graphql-ws,', graphql-ws",
        "'a\r\nSec-WebSocket-Protocol: b', a"
    })
    void choosesTheFirstSubprotocolOffered(String offered, String chosen) {
        try (TestServer server = TestServer.start();
                RawSocket socket = RawSocket.connect(server.port())) {
            socket.sendHandshake("/fishing", Map.of("Sec-WebSocket-Protocol", offered));
            String response = socket.readHeader();
            assertTrue(response.contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " , "})
    void choosesNoSubprotocolIfNoneIsOffered(String offered) {
        try (TestServer server = TestServer.start();
                RawSocket socket = RawSocket.connect(server.port())) {
            socket.sendHandshake("/fishing", Map.of("Sec-WebSocket-Protocol", offered));
            assertFalse(socket.readHeader().contains("Sec-WebSocket-Protocol"));
        }
    }

    @Test
    void acceptsNoExtension() {
        try (TestServer server = TestServer.start();
                RawSocket socket = RawSocket.connect(server.port())) {
            socket.sendHandshake("/fishing", Map.of("Sec-WebSocket-Extensions", "permessage-deflate"));
            assertFalse(socket.readHeader().contains("Extensions"));
        }
    }
}
