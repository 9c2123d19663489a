package chat.weir.protocol;

/** The {@code code} of an error envelope. The numbers are those of HTTP. */
public enum ErrorCode {
    /** Not JSON, not an object, an unknown type, or a field that is missing, of the wrong type or too long. */
    MALFORMED(400),
    /** The connection has no confirmed name yet. */
    UNAUTHENTICATED(401),
    /** The user may not do this. */
    FORBIDDEN(403),
    /** No such user, message or channel. */
    NOT_FOUND(404),
    /** A name is taken, or the connection is already logged in. */
    CONFLICT(409),
    /** The text has more code points than the server accepts. */
    TEXT_TOO_LONG(413),
    /** The rate limit is exceeded; has {@code retryAfter}. */
    TOO_MANY(429),
    /** Storing or delivering is not possible now; a retry may succeed. */
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
