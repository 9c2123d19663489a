package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The frames that clients send, masked as RFC 6455 requires, all with the same mask. */
final class ClientFrames {
    private static final byte[] MASK = {0x5A, 0x13, (byte) 0xC7, 0x2E};

    static final int HEADER_BYTES = 6;
    static final byte[] HEARTBEAT = text("{\"type\":\"heartbeat\"}");

    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int PONG = 10;

    private ClientFrames() {}

    static byte[] text(String payload) {
        return frame(TEXT, payload.getBytes(UTF_8));
    }

    static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        if (payload.length > 125) {
            throw new IllegalArgumentException("the generator sends short frames only");
        }
        byte[] frame = new byte[HEADER_BYTES + payload.length];
        frame[0] = (byte) (FIN | opcode);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(MASK, 0, frame, 2, MASK.length);
        for (int i = 0; i < payload.length; i++) {
            frame[HEADER_BYTES + i] = (byte) (payload[i] ^ MASK[i & 3]);
        }
        return frame;
    }

    /** Overwrites decimal digits of a frame's payload in place. */
    static void putDigits(byte[] frame, int payloadAt, int digits, long value) {
        long rest = value;
        for (int i = payloadAt + digits - 1; i >= payloadAt; i--) {
            frame[HEADER_BYTES + i] = (byte) (('0' + rest % 10) ^ MASK[i & 3]);
            rest /= 10;
        }
    }
}
