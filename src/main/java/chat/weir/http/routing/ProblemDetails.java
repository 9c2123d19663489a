package chat.weir.http.routing;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.websocket.handshake.UpgradeRejection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts all failures to problem documents (RFC 9457). */
public final class ProblemDetails {
    private static final Logger log = LoggerFactory.getLogger(ProblemDetails.class);

    static final String MEDIA_TYPE = "application/problem+json";
    private static final String RETRY_AFTER = "Retry-After";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(408, "Request Timeout"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** The members of a problem document. */
    record Document(String type, String title, int status, String reason, String detail, String instance) {}

    private ProblemDetails() {}

    /** The response to a request for {@code path} that failed. */
    public static Response of(Throwable failure, String path) {
        if (failure instanceof ChatException reply) {
            return response(reply.code().number(), reply.reason().wireName(), reply.text(), headers(reply), path);
        }
        if (failure instanceof ProblemException problem) {
            return response(problem.status(), problem.reason(), problem.detail(), problem.headers(), path);
        }
        if (failure instanceof UpgradeRejection refusal) {
            return response(refusal.status(), refusal.reason(), refusal.detail(), refusal.fields(), path);
        }
        log.error("a request failed", failure);
        ProblemException fault =
                new ProblemException(HttpReason.INTERNAL_ERROR, "internal error; see the log of the server");
        return response(fault.status(), fault.reason(), fault.detail(), Map.of(), path);
    }

    private static Map<String, String> headers(ChatException reply) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (reply.code() == ErrorCode.UNAUTHENTICATED) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (reply.code() == ErrorCode.TOO_MANY || reply.code() == ErrorCode.UNAVAILABLE) {
            headers.put(RETRY_AFTER, Long.toString(Math.max(1, (reply.retryAfterMillis() + 999) / 1_000)));
        }
        return headers;
    }

    private static Response response(
            int status, String reason, String detail, Map<String, String> headers, String path) {
        String title = TITLES.getOrDefault(status, "Error");
        String document = Json.text(new Document("about:blank", title, status, reason, detail, path));
        return Response.text(status, headers, MEDIA_TYPE, document);
    }
}
