package chat.weir.websocket.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeResponseTest {
    private static String response(String more) {
        UpgradeRequest request = UpgradeRequest.parse("GET / HTTP/1.1\r\nHost: localhost\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + "\r\n");
        return new String(UpgradeResponse.bytes(request), US_ASCII);
    }

    /** The key and its hash are the example of RFC 6455 section 1.3. */
    @Test
    void answersTheKey() {
        assertEquals(
                List.of(
                        "HTTP/1.1 101 Switching Protocols",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        ""),
                response("").lines().toList());
    }

    @Test
    void selectsTheFirstSubprotocolAndNoExtension() {
        String response =
                response("Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");
        assertEquals(
                "Sec-WebSocket-Protocol: chat",
                response.lines()
                        .reduce((before, line) -> line.isEmpty() ? before : line)
                        .orElseThrow());
    }
}
