package chat.weir.websocket.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects a request header, in however many pieces it comes, up to a limit.
 *
 * <p>Threading: confined to the thread that reads the socket.
 */
final class HeaderBuffer {
    /** As for the HTTP API: a browser sends both the same cookies. */
    static final int MAX_BYTES = 16 * 1024;

    private byte[] bytes = new byte[512];
    private int length;
    private boolean whole;

    /**
     * Takes bytes up to the end of the header and leaves what follows.
     *
     * @return whether nothing more is needed: the header is complete, or too long, or none
     */
    boolean take(ByteBuffer more) {
        while (more.hasRemaining()) {
            if (length == bytes.length) {
                if (length >= MAX_BYTES) {
                    return true;
                }
                bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, 2 * length));
            }
            byte next = more.get();
            bytes[length++] = next;
            if (length == 1 && (next < 'A' || next > 'Z')) {
                return true;
            }
            if (next == '\n' && endsWithEmptyLine()) {
                whole = true;
                return true;
            }
        }
        return false;
    }

    /** A complete header; else what there is cannot become one. */
    boolean isWhole() {
        return whole;
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Everything that was taken, and more. */
    ByteBuffer and(ByteBuffer more) {
        return ByteBuffer.allocate(length + more.remaining())
                .put(bytes, 0, length)
                .put(more)
                .flip();
    }

    int heldBytes() {
        return bytes.length;
    }

    /** Lines may end in a line feed alone (RFC 9112 section 2.2). */
    private boolean endsWithEmptyLine() {
        int before = length - 2;
        if (before >= 0 && bytes[before] == '\r') {
            before--;
        }
        return before >= 0 && bytes[before] == '\n';
    }
}
