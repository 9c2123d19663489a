package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The text that the generator sends. It has a fixed width, so its parts are at fixed offsets in the payload of every
 * server: {@code s017n00000042t0000001234567890..} contains the sender, the sequence number and the sending time in
 * nanoseconds since the generator started. Its broadcast is a frame of 126 bytes.
 *
 * <p>Digits are read eight at a time from one {@code long} (three multiplications instead of eight steps).
 */
final class MessageText {
    /** The beginning of every payload with a message, from clients and servers. */
    static final String BEFORE = "{\"type\":\"message\",\"text\":\"";

    static final String TEMPLATE = "s000n00000000t0000000000000000..";
    static final int SENDER_DIGITS = 3;
    static final int SEQUENCE_DIGITS = 8;
    static final int TIME_DIGITS = 16;
    static final int SENDER_AT = BEFORE.length() + TEMPLATE.indexOf('s') + 1;
    static final int SEQUENCE_AT = BEFORE.length() + TEMPLATE.indexOf('n') + 1;
    static final int TIME_AT = BEFORE.length() + TEMPLATE.indexOf('t') + 1;

    /** The length of the shortest payload of a message: the one that clients of Weir send. */
    static final int MIN_PAYLOAD_BYTES = BEFORE.length() + TEMPLATE.length() + 2;

    private static final ByteBuffer PREFIX =
            ByteBuffer.wrap(BEFORE.getBytes(US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
    private static final long PREFIX_0 = PREFIX.getLong(0);
    private static final long PREFIX_8 = PREFIX.getLong(8);
    private static final long PREFIX_16 = PREFIX.getLong(16);
    private static final long EIGHT = 100_000_000L;

    private MessageText() {}

    /** Whether the payload at this position of a little-endian buffer is a message. */
    static boolean isAt(ByteBuffer buffer, int payload) {
        return buffer.getLong(payload) == PREFIX_0
                && buffer.getLong(payload + 8) == PREFIX_8
                && buffer.getLong(payload + 16) == PREFIX_16;
    }

    static int sender(ByteBuffer buffer, int payload) {
        int at = payload + SENDER_AT;
        return 100 * (buffer.get(at) - '0') + 10 * (buffer.get(at + 1) - '0') + (buffer.get(at + 2) - '0');
    }

    static int sequence(ByteBuffer buffer, int payload) {
        return (int) eightDigits(buffer.getLong(payload + SEQUENCE_AT));
    }

    static long sentNanos(ByteBuffer buffer, int payload) {
        return EIGHT * eightDigits(buffer.getLong(payload + TIME_AT))
                + eightDigits(buffer.getLong(payload + TIME_AT + 8));
    }

    private static long eightDigits(long ascii) {
        long tens = ((ascii & 0x0F0F0F0F0F0F0F0FL) * (10 * 256 + 1)) >>> 8;
        long hundreds = ((tens & 0x00FF00FF00FF00FFL) * (100 * 65_536L + 1)) >>> 16;
        return ((hundreds & 0x0000FFFF0000FFFFL) * (10_000L * (1L << 32) + 1)) >>> 32;
    }
}
