package chat.weir.websocket.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeRequestTest {
    private static final String REQUEST_LINE = "GET /fishing?heartbeat=pong HTTP/1.1";

    private static UpgradeRequest parse(String... lines) {
        return UpgradeRequest.parse(String.join("\r\n", lines) + "\r\n\r\n");
    }

    @Test
    void readsTargetAndFields() {
        UpgradeRequest request = parse(REQUEST_LINE, "Host: localhost", "X-Empty:", "accept:  a ", "Accept: b");
        assertEquals("/fishing?heartbeat=pong", request.target());
        assertEquals("localhost", request.field("HOST"));
        assertEquals("", request.field("X-Empty"));
        assertEquals("a, b", request.field("Accept"));
    }

    @Test
    void acceptsALineFeedAsALineEnd() {
        UpgradeRequest request = UpgradeRequest.parse(REQUEST_LINE + "\nHost: localhost\r\nOrigin: http://a\n\n");
        assertEquals("localhost", request.field("Host"));
        assertEquals("http://a", request.field("Origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host",
                ": localhost",
                " Host: localhost",
                "Host : localhost",
                "Ho(st: localhost",
                "H\u00f6st: localhost",
                "Ho\u0660st: localhost",
                "Host: local\rX: host",
                "Host: local\r\rhost",
                "Host: local\0host",
            })
    void refusesInvalidFields(String line) {
        UpgradeRejection rejection =
                assertThrows(UpgradeRejection.class, () -> parse(REQUEST_LINE, line, "Origin: http://a"));
        assertEquals(400, rejection.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"!#$%&'*+.^_`|~-", "x", "Z", "0", "9"})
    void acceptsEveryTokenCharacterInNamesAndSubprotocols(String token) {
        UpgradeRequest request = parse(REQUEST_LINE, token + ": value", "Sec-WebSocket-Protocol: , " + token + ", b");
        assertEquals("value", request.field(token));
        assertEquals(token, request.subprotocol().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a\"b", "\u00e9"})
    void refusesASubprotocolThatIsNotAToken(String offered) {
        UpgradeRequest request = parse(REQUEST_LINE, "Sec-WebSocket-Protocol: " + offered);
        assertThrows(UpgradeRejection.class, request::subprotocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "origin", "Sec-WebSocket-Key", "Content-Length"})
    void refusesRepeatedSingletonFields(String name) {
        assertThrows(UpgradeRejection.class, () -> parse(REQUEST_LINE, name + ": 1", name + ": 1"));
    }

    private static UpgradeRequest upgrade(String host, String contentLength) {
        return parse(
                REQUEST_LINE,
                "Host: " + host,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Content-Length: " + contentLength);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "Chat_1.example-2.org:8080",
                "a:",
                "a:65535",
                "~!$&'()*+;=%-",
                "[::1]",
                "[::FFFF:1.2.3.4]:80",
            })
    void acceptsAHostWithOrWithoutAPort(String host) {
        assertDoesNotThrow(() -> upgrade(host, "00").check());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:123456",
                "a:8x",
                "a:1:2",
                "a,b",
                "a b",
                "a/b",
                "me@a",
                "h\u00f6st",
                "::1",
                "[]",
                "[:80",
                "[::1",
                "[::g]",
                "[::1]80",
                "[::1]:x",
                "a[::1]",
                "[a]]",
            })
    void refusesInvalidHosts(String host) {
        assertThrows(UpgradeRejection.class, () -> upgrade(host, "0").check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "01", "-0", "0x"})
    void refusesABody(String contentLength) {
        assertThrows(
                UpgradeRejection.class,
                () -> upgrade("localhost", contentLength).check());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Upgrade: websocket", "uPGRADE:WebSocket", "Upgrade: h2c, websocket", "Upgrade: x-websocket/13"})
    void recognizesAWebSocketUpgrade(String field) {
        assertTrue(UpgradeRequest.asksForWebSocket(REQUEST_LINE + "\r\nHost: a\r\n" + field + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c",
                "Upgrade: websockets",
                "Upgrade: my_websocket",
                "Upgrade : websocket",
                "X-Upgrade: websocket",
                "Upgrade:\r\nX: websocket",
                "Upgrade: websocke",
            })
    void recognizesOtherRequests(String field) {
        assertFalse(UpgradeRequest.asksForWebSocket(REQUEST_LINE + "\r\nHost: a\r\n" + field + "\r\n\r\n"));
    }
}
