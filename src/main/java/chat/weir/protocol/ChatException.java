package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An envelope or request is rejected. The client gets an error reply; the connection stays open.
 *
 * <p>Has no stack trace: it is about the client's input, not about this program, and a hostile client could otherwise
 * make the server fill in thousands of stack traces per second.
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

    /** An error with the code of its reason. */
    public ChatException(ErrorReason reason, String message) {
        this(reason.code(), reason, message, null, 0);
    }

    /** A 400 for a malformed envelope with a readable {@code ref}. */
    public static ChatException malformed(ErrorReason reason, String message, @Nullable String ref) {
        return new ChatException(ErrorCode.MALFORMED, reason, message, ref, 0);
    }

    /** A 429 for an exceeded rate limit; the same envelope is accepted after {@code retryAfterMillis}. */
    public static ChatException tooMany(String message, long retryAfterMillis) {
        return new ChatException(ErrorCode.TOO_MANY, ErrorReason.RATE_LIMITED, message, null, retryAfterMillis);
    }

    /** A temporary 403; the same envelope is accepted after {@code retryAfterMillis}, or 0 if that is unknown. */
    public static ChatException forbidden(ErrorReason reason, String message, long retryAfterMillis) {
        return new ChatException(ErrorCode.FORBIDDEN, reason, message, null, retryAfterMillis);
    }

    public ErrorCode code() {
        return code;
    }

    public ErrorReason reason() {
        return reason;
    }

    /** The time after which a retry can succeed; 0: unknown. */
    public long retryAfterMillis() {
        return retryAfter;
    }

    /** The human-readable text. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The {@code ref} of a malformed envelope; null: none. */
    @Nullable
    String ref() {
        return ref;
    }
}
