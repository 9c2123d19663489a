package chat.weir.http;

import java.util.Map;

/**
 * A request cannot be done, for a reason that HTTP has and the chat has not; the rest are
 * {@link chat.weir.protocol.ErrorReply}s.
 *
 * <p>Carries no stack trace, for the reason that {@code ErrorReply} has none.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    Problem(int status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    Problem(int status, String detail) {
        this(status, detail, Map.of());
    }

    static Problem badRequest(String detail) {
        return new Problem(400, detail);
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }
}
