package chat.weir.protocol;

/** The {@code code} of an error envelope: numbers that a person knows from HTTP. */
public enum ErrorCode {
    /** Not JSON, not an object, an unknown type, a field that is missing, of the wrong type or too long. */
    MALFORMED(400),
    /** The connection has no confirmed name yet. */
    UNAUTHENTICATED(401),
    /** Not allowed to this user, here, now. */
    FORBIDDEN(403),
    /** No such user, message or channel. */
    NOT_FOUND(404),
    /** A name is taken, or the connection is logged in already. */
    CONFLICT(409),
    /** The text has more code points than the server takes. */
    TEXT_TOO_LONG(413),
    /** More than the rate limit allows; comes with {@code retryAfter}. */
    TOO_MANY(429),
    /** Cannot be stored or delivered at the moment: the same envelope may succeed later. */
    UNAVAILABLE(503);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
