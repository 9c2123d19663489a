package chat.weir.protocol.frame;

import java.util.Arrays;
import java.util.Set;

/**
 * Why the server ends a connection: the status code of its close frame (RFC 6455 section 7.4, and the range from 4000
 * which that section leaves to applications). 4000 to 4499 tell a client to come back after a random delay, 4500 to
 * 4999 to stay away.
 */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    /** A binary message that is not UTF-8, so not an envelope. */
    NOT_TEXT(1003),
    /** A text message that is not UTF-8. */
    NOT_UTF8(1007),
    POLICY(1008),
    TOO_BIG(1009),
    FAULT(1011),
    TRY_LATER(1013),
    TOO_SLOW(4008),
    TOO_MANY_ERRORS(4009),
    /** Another connection has taken this one's name, by right. */
    REPLACED(4501),
    /** A moderator has sent this client out. */
    KICKED(4503),
    /** A moderator has shut this client out. */
    BANNED(4504);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** What clients and libraries close with, besides these codes (RFC 6455 section 7.4.1). */
    private static final Set<Integer> OF_CLIENTS = Set.of(1005, 1006, 1010);

    /** The label of a code for metrics; undefined codes share one. */
    public static String label(int number) {
        boolean isKnown = OF_CLIENTS.contains(number) || Arrays.stream(values()).anyMatch(c -> c.number == number);
        return isKnown ? Integer.toString(number) : "other";
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
