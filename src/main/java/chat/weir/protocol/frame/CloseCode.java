package chat.weir.protocol.frame;

import java.util.Arrays;
import java.util.Set;

/**
 * The status code of a close frame (RFC 6455 section 7.4; 4000 and above are for applications). 4000 to 4499 tell a
 * client to reconnect after a random delay, 4500 to 4999 not to reconnect.
 */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    /** A binary message that is not UTF-8, and therefore not an envelope. */
    NOT_TEXT(1003),
    /** A text message that is not UTF-8. */
    NOT_UTF8(1007),
    POLICY(1008),
    TOO_BIG(1009),
    FAULT(1011),
    TRY_LATER(1013),
    TOO_SLOW(4008),
    TOO_MANY_ERRORS(4009),
    /** A resumed connection has taken over the name. */
    REPLACED(4501),
    /** A moderator kicked the client. */
    KICKED(4503),
    /** A moderator banned the client. */
    BANNED(4504);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** Further codes that clients and libraries use (RFC 6455 section 7.4.1). */
    private static final Set<Integer> OF_CLIENTS = Set.of(1005, 1006, 1010);

    /** The code as a metric label. Unknown codes share one label. */
    public static String label(int number) {
        boolean isKnown = OF_CLIENTS.contains(number) || Arrays.stream(values()).anyMatch(c -> c.number == number);
        return isKnown ? Integer.toString(number) : "other";
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
