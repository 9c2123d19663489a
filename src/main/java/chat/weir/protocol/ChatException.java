package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An envelope cannot be done; its sender gets an error envelope and the connection goes on.
 *
 * <p>Carries no stack trace: it says something about the client, not about this program, and a hostile client must not
 * be able to make the server walk its stack thousands of times a second.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final ErrorReason reason;
    private final @Nullable String ref;
    private final long retryAfter;

    private ChatException(ErrorCode code, ErrorReason reason, String message, @Nullable String ref, long retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.ref = ref;
        this.retryAfter = retryAfter;
    }

    /** An error with the code that its reason implies. */
    public ChatException(ErrorReason reason, String message) {
        this(reason.code(), reason, message, null, 0);
    }

    /** A 400 for an envelope whose {@code ref} could be read although the rest is wrong. */
    public static ChatException malformed(ErrorReason reason, String message, @Nullable String ref) {
        return new ChatException(ErrorCode.MALFORMED, reason, message, ref, 0);
    }

    /** A 429: the same envelope will be taken after that many milliseconds. */
    public static ChatException tooMany(String message, long retryAfterMillis) {
        return new ChatException(ErrorCode.TOO_MANY, ErrorReason.RATE_LIMITED, message, null, retryAfterMillis);
    }

    /** A 403 that ends: the same envelope will be taken after that many milliseconds; 0: nobody knows. */
    public static ChatException forbidden(ErrorReason reason, String message, long retryAfterMillis) {
        return new ChatException(ErrorCode.FORBIDDEN, reason, message, null, retryAfterMillis);
    }

    public ErrorCode code() {
        return code;
    }

    public ErrorReason reason() {
        return reason;
    }

    /** When the same may be tried again with success; 0: nobody knows. */
    public long retryAfterMillis() {
        return retryAfter;
    }

    /** The text for people. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The {@code ref} of an envelope that could not be read in full; null: none. */
    @Nullable
    String ref() {
        return ref;
    }
}
