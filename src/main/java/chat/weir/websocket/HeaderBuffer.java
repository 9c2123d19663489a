package chat.weir.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a request header, in however many pieces it comes, up to a limit.
 *
 * <p>Threading: confined to the thread that reads the socket.
 */
final class HeaderBuffer {
    /** As the HTTP API: a browser sends both the same cookies. */
    static final int MAX_BYTES = 16 * 1024;

    private byte[] bytes = new byte[512];
    private int length;

    /**
     * Takes bytes up to the end of the header and leaves what follows.
     *
     * @return the header once it is complete, else null
     * @throws HandshakeRefusal 431 if it is too long, 400 if it does not begin like a request
     */
    @Nullable
    String take(ByteBuffer more) {
        while (more.hasRemaining()) {
            if (length == bytes.length) {
                if (length >= MAX_BYTES) {
                    throw HandshakeRefusal.headerTooLarge();
                }
                bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, 2 * length));
            }
            byte next = more.get();
            bytes[length++] = next;
            if (length == 1 && (next < 'A' || next > 'Z')) {
                throw HandshakeRefusal.badRequest("This is not HTTP; for TLS put a proxy in front.");
            }
            if (next == '\n' && isComplete()) {
                return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    int heldBytes() {
        return bytes.length;
    }

    private boolean isComplete() {
        return length >= 4 && bytes[length - 4] == '\r' && bytes[length - 3] == '\n' && bytes[length - 2] == '\r';
    }
}
