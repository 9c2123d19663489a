package chat.weir.protocol.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The header of a client's frame (RFC 6455 section 5.2).
 *
 * @param mask the four bytes of the masking key, the first one in the highest byte
 */
record FrameHeader(boolean isFinal, int opcode, int headerBytes, int payloadBytes, int mask) {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    /** Two bytes, eight of length, and four of mask. */
    static final int MAX_BYTES = 14;

    private static final int MAX_CONTROL_PAYLOAD = 125;

    int totalBytes() {
        return headerBytes + payloadBytes;
    }

    /**
     * Parses the header at the buffer's position, without moving the position.
     *
     * @return null if the header is incomplete
     * @throws DisconnectException 1002 for a violation of the RFC, 1009 if the header claims a payload over the limit
     */
    static @Nullable FrameHeader read(ByteBuffer bytes, int maxPayload) {
        int at = bytes.position();
        if (bytes.remaining() < 2) {
            return null;
        }
        int first = bytes.get(at);
        int second = bytes.get(at + 1);
        int opcode = first & 0x0F;
        check(first, second, opcode);
        int shortLength = second & 0x7F;
        int maskAt = 2 + (shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0);
        if (bytes.remaining() < maskAt + 4) {
            return null;
        }
        long length = shortLength == 126
                ? bytes.getShort(at + 2) & 0xFFFF
                : shortLength == 127 ? bytes.getLong(at + 2) : shortLength;
        if (length < 0) {
            throw new DisconnectException(CloseCode.PROTOCOL_ERROR, "the highest bit of a length must be 0");
        }
        if (length > maxPayload) {
            throw tooBig(maxPayload);
        }
        return new FrameHeader(first < 0, opcode, maskAt + 4, (int) length, bytes.getInt(at + maskAt));
    }

    private static void check(int first, int second, int opcode) {
        if ((first & 0x70) != 0) {
            throw new DisconnectException(
                    CloseCode.PROTOCOL_ERROR, "a reserved bit is set; no extension was negotiated");
        }
        if (second >= 0) {
            throw new DisconnectException(CloseCode.PROTOCOL_ERROR, "a client's frame must be masked");
        }
        boolean isData = opcode <= BINARY;
        boolean isControl = opcode >= CLOSE && opcode <= PONG;
        if (!isData && !isControl) {
            throw new DisconnectException(CloseCode.PROTOCOL_ERROR, "unknown opcode " + opcode);
        }
        if (isControl && (first >= 0 || (second & 0x7F) > MAX_CONTROL_PAYLOAD)) {
            throw new DisconnectException(CloseCode.PROTOCOL_ERROR, "a control frame must be whole and short");
        }
    }

    static DisconnectException tooBig(int maxPayload) {
        return new DisconnectException(CloseCode.TOO_BIG, "at most " + maxPayload + " bytes a message");
    }
}
