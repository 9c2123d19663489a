package chat.weir.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A server's WebSocket frame (RFC 6455 section 5.2: final, unmasked), encoded once for all recipients.
 *
 * <p>Threading: immutable.
 */
public final class Frame {
    /** The longest header: two bytes, and eight bytes of length. */
    static final int MAX_HEADER_BYTES = 10;

    private static final int FIN = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MAX_CONTROL_PAYLOAD = 125;

    private static final Frame EMPTY_PING = new Frame(PING, new byte[0], 0, 0);

    private final byte[] bytes;

    private Frame(int opcode, byte[] payload, int offset, int length) {
        int header = length <= 125 ? 2 : length <= 0xFFFF ? 4 : MAX_HEADER_BYTES;
        bytes = new byte[header + length];
        bytes[0] = (byte) (FIN | opcode);
        if (header == 2) {
            bytes[1] = (byte) length;
        } else {
            bytes[1] = (byte) (header == 4 ? 126 : 127);
            for (int i = header - 1, rest = length; i > 1; i--, rest >>>= 8) {
                bytes[i] = (byte) rest;
            }
        }
        System.arraycopy(payload, offset, bytes, header, length);
    }

    /** A text frame with a UTF-8 payload. */
    public static Frame text(byte[] utf8, int offset, int length) {
        return new Frame(TEXT, utf8, offset, length);
    }

    /** A ping without payload. Clients' libraries answer it automatically. */
    public static Frame ping() {
        return EMPTY_PING;
    }

    /** The answer to a ping, with the same payload of at most 125 bytes. */
    public static Frame pong(byte[] payload) {
        return new Frame(PONG, payload, 0, payload.length);
    }

    /** A close frame. The reason is truncated at a character boundary to fit into a control frame. */
    public static Frame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_CONTROL_PAYLOAD - 2);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        byte[] payload = new byte[2 + length];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        return new Frame(CLOSE, payload, 0, payload.length);
    }

    /** A close frame without a code: the answer to one without a code. */
    public static Frame closeWithoutCode() {
        return new Frame(CLOSE, new byte[0], 0, 0);
    }

    /** A close frame is the last one of a connection. */
    public boolean isClose() {
        return (bytes[0] & 0x0F) == CLOSE;
    }

    /** The code of a close frame; 1005 if it has none. */
    public int closeCode() {
        return bytes.length < 4 ? 1005 : ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
    }

    /** The reason of a close frame. */
    public String closeReason() {
        return bytes.length < 4 ? "" : new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8);
    }

    /** The size on the wire, including the header. */
    public int length() {
        return bytes.length;
    }

    /** Copies the frame into a buffer with enough space. */
    public void putInto(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    /** Copies the frame into an array at an offset. */
    public void putInto(byte[] array, int at) {
        System.arraycopy(bytes, 0, array, at, bytes.length);
    }

    /**
     * The start of the first frame at or after {@code position}, in a buffer of complete server frames.
     *
     * @param from the start of a frame at or before {@code position}
     */
    public static int boundaryFrom(ByteBuffer frames, int from, int position) {
        int at = from;
        while (at < position) {
            int length = frames.get(at + 1) & 0x7F;
            if (length == 126) {
                at += 4 + (frames.getShort(at + 2) & 0xFFFF);
            } else if (length == 127) {
                at += MAX_HEADER_BYTES + (int) frames.getLong(at + 2);
            } else {
                at += 2 + length;
            }
        }
        return at;
    }

    @Override
    public String toString() {
        return "Frame" + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 2))) + " of " + bytes.length;
    }
}
