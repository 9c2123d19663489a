package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The payload of {@code users}, with or without its list. The count is read from the end, so that a long list need not
 * be parsed.
 */
final class UsersText {
    private static final ByteBuffer PREFIX =
            ByteBuffer.wrap("{\"type\":\"users\",".getBytes(US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
    private static final long PREFIX_0 = PREFIX.getLong(0);
    private static final long PREFIX_8 = PREFIX.getLong(8);
    private static final byte[] BEFORE_COUNT = "\"count\":".getBytes(US_ASCII);
    /** The length of the shortest payload, with a count of one digit. */
    private static final int MIN_BYTES = PREFIX.capacity() + BEFORE_COUNT.length + 2;

    private UsersText() {}

    /** Whether the payload at this position of a little-endian buffer is {@code users}. */
    static boolean isAt(ByteBuffer buffer, int payload, int length) {
        return length >= MIN_BYTES && buffer.getLong(payload) == PREFIX_0 && buffer.getLong(payload + 8) == PREFIX_8;
    }

    /** The count of the payload that ends at this position. */
    static int count(ByteBuffer buffer, int end) {
        int at = end - 2;
        int count = 0;
        for (int unit = 1; isDigit(buffer.get(at)); unit *= 10) {
            count += unit * (buffer.get(at--) - '0');
        }
        boolean whole = buffer.get(end - 1) == '}' && at < end - 2;
        for (int i = BEFORE_COUNT.length - 1; i >= 0 && whole; i--) {
            whole = buffer.get(at--) == BEFORE_COUNT[i];
        }
        if (!whole) {
            throw new LoadFailure("a list of users that does not end with their count");
        }
        return count;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
