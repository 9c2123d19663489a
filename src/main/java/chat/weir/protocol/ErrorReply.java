package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An envelope cannot be done; its sender gets an error envelope and the connection goes on.
 *
 * <p>Carries no stack trace: it says something about the client, not about this program, and a hostile client must not
 * be able to make the server walk its stack thousands of times a second.
 */
public final class ErrorReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String ref;
    private final long retryAfter;

    private ErrorReply(ErrorCode code, String message, @Nullable String ref, long retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.ref = ref;
        this.retryAfter = retryAfter;
    }

    public ErrorReply(ErrorCode code, String message) {
        this(code, message, null, 0);
    }

    /** A 400 for an envelope whose {@code ref} could be read although the rest is wrong. */
    public static ErrorReply malformed(String message, @Nullable String ref) {
        return new ErrorReply(ErrorCode.MALFORMED, message, ref, 0);
    }

    /** A 429: the same envelope will be taken after that many milliseconds. */
    public static ErrorReply tooMany(String message, long retryAfterMillis) {
        return new ErrorReply(ErrorCode.TOO_MANY, message, null, retryAfterMillis);
    }

    /** A 403 that ends: the same envelope will be taken after that many milliseconds; 0: nobody knows. */
    public static ErrorReply forbidden(String message, long retryAfterMillis) {
        return new ErrorReply(ErrorCode.FORBIDDEN, message, null, retryAfterMillis);
    }

    public ErrorCode code() {
        return code;
    }

    /** When the same may be tried again with success; 0: nobody knows. */
    public long retryAfterMillis() {
        return retryAfter;
    }

    /** The text for people. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** This as an envelope that answers the client's {@code ref}. */
    public ServerEnvelope.ErrorEnvelope answering(@Nullable String envelopeRef) {
        return new ServerEnvelope.ErrorEnvelope(code, text(), retryAfter, ref == null ? envelopeRef : ref);
    }
}
