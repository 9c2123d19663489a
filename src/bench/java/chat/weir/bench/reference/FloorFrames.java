package chat.weir.bench.reference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * The frames of the floors, with the same lengths as Weir's. A broadcast is the payload of the client's {@code message}
 * with a constant suffix instead of its closing brace.
 */
final class FloorFrames {
    static final int MAX_FRAME_BYTES = 16 * 1024;

    private static final byte[] END =
            ",\"timestamp\":1652997756,\"user\":\"sender_00\",\"id\":1652997756123456}".getBytes(US_ASCII);
    private static final int TYPE_AT = "{\"type\":\"".length();
    private static final int HEADER_BYTES = 4;
    private static final int MOST_OF_16_BITS = 0xFFFF;

    private FloorFrames() {}

    /** Whether a client's frame is a {@code message}: no other type that clients send begins with an m. */
    static boolean isMessage(ByteBuffer masked, ClientFrame received) {
        return received.isText()
                && received.length() > TYPE_AT
                && received.length() + END.length + HEADER_BYTES <= MAX_FRAME_BYTES
                && received.unmasked(masked, TYPE_AT) == 'm';
    }

    static void putBroadcast(ByteBuffer target, ByteBuffer masked, ClientFrame received) {
        putHeader(target, received.length() - 1 + END.length);
        received.unmaskInto(target, masked, 1);
        target.put(END);
    }

    static ByteBuffer connection(String channel) {
        return text("{\"type\":\"connection\",\"id\":\"" + channel + "\"}");
    }

    static ByteBuffer text(String ascii) {
        byte[] payload = ascii.getBytes(US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        putHeader(frame, payload.length);
        return frame.put(payload).flip();
    }

    static void putHeader(ByteBuffer target, int length) {
        target.put((byte) 0x81);
        if (length < 126) {
            target.put((byte) length);
        } else if (length <= MOST_OF_16_BITS) {
            target.put((byte) 126).putShort((short) length);
        } else {
            target.put((byte) 127).putLong(length);
        }
    }
}
