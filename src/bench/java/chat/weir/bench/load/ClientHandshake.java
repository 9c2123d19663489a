package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/**
 * The client's side of the WebSocket handshake, always with the sample key of RFC 6455, section 1.3, and its response.
 */
final class ClientHandshake {
    private static final String ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final int END = 0x0D0A0D0A;

    private ClientHandshake() {}

    static ByteBuffer request(String path, int port) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    }

    /** Reads the server's response. @return false, with the buffer unchanged, if it is incomplete */
    static boolean readResponse(ByteBuffer buffer) {
        for (int end = buffer.position() + 4; end <= buffer.limit(); end++) {
            if (buffer.get(end - 1) == '\n' && isEnd(buffer, end)) {
                byte[] answer = new byte[end - buffer.position()];
                buffer.get(answer);
                check(new String(answer, ISO_8859_1));
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(ByteBuffer buffer, int end) {
        int last = 0;
        for (int i = end - 4; i < end; i++) {
            last = last << 8 | buffer.get(i);
        }
        return last == END;
    }

    private static void check(String answer) {
        if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains(ACCEPTED)) {
            throw new LoadFailure("the server refused a handshake: " + answer);
        }
    }
}
