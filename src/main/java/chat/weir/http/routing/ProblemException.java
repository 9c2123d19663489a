package chat.weir.http.routing;

import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReason;
import java.util.Map;

/**
 * A request cannot be done, for a reason that HTTP has and the chat has not; the rest are
 * {@link chat.weir.protocol.ChatException}s.
 *
 * <p>Carries no stack trace, for the reason that {@code ChatException} has none.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final transient Map<String, String> headers;

    private ProblemException(int status, String reason, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.reason = reason;
        this.headers = Map.copyOf(headers);
    }

    public ProblemException(HttpReason reason, String detail, Map<String, String> headers) {
        this(reason.status(), reason.wireName(), detail, headers);
    }

    public ProblemException(HttpReason reason, String detail) {
        this(reason, detail, Map.of());
    }

    public ProblemException(ErrorReason reason, String detail) {
        this(reason.code().number(), reason.wireName(), detail, Map.of());
    }

    /** A 400 for what is not even HTTP. */
    public static ProblemException malformedRequest(String detail) {
        return new ProblemException(HttpReason.MALFORMED_REQUEST, detail);
    }

    /** A 400 for a parameter or a field with a value that is not allowed. */
    public static ProblemException badRequest(String detail) {
        return badRequest(ErrorReason.INVALID_VALUE, detail);
    }

    public static ProblemException badRequest(ErrorReason reason, String detail) {
        return new ProblemException(ErrorCode.MALFORMED.number(), reason.wireName(), detail, Map.of());
    }

    int status() {
        return status;
    }

    /** The word for programs. */
    String reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }
}
