package chat.weir.http.routing;

import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReason;
import java.util.Map;

/**
 * A request is rejected for a reason that exists only in HTTP; see {@link chat.weir.protocol.ChatException} for the
 * others.
 *
 * <p>Has no stack trace, for the same reason as {@code ChatException}.
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

    /** A 400 for a violation of HTTP. */
    public static ProblemException malformedRequest(String detail) {
        return new ProblemException(HttpReason.MALFORMED_REQUEST, detail);
    }

    /** A 400 for an invalid parameter or field. */
    public static ProblemException badRequest(String detail) {
        return badRequest(ErrorReason.INVALID_VALUE, detail);
    }

    public static ProblemException badRequest(ErrorReason reason, String detail) {
        return new ProblemException(ErrorCode.MALFORMED.number(), reason.wireName(), detail, Map.of());
    }

    int status() {
        return status;
    }

    /** The machine-readable reason. */
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
