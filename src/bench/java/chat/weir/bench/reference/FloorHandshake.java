package chat.weir.bench.reference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's handshake (RFC 6455, section 4), reduced to the fields that the floors need. */
record FloorHandshake(String path, String key) {
    private static final Pattern REQUEST =
            Pattern.compile("GET (\\S+) HTTP/1\\.1\r\n.*Sec-WebSocket-Key: *(\\S+)\r\n.*", Pattern.DOTALL);
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Reads a complete request. @return null, with the buffer unchanged, if it is incomplete */
    static @Nullable FloorHandshake take(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        Matcher request = REQUEST.matcher(text.substring(0, end + 2));
        if (!request.matches()) {
            throw new IllegalStateException("not a WebSocket handshake: " + text);
        }
        buffer.position(buffer.position() + end + 4);
        return new FloorHandshake(request.group(1), request.group(2));
    }

    ByteBuffer response() {
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept() + "\r\n\r\n";
        return ByteBuffer.wrap(answer.getBytes(ISO_8859_1));
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
