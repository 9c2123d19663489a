package chat.weir.websocket.handshake;

import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.LogText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request is not upgraded; carries the HTTP response that says why, a problem document (RFC 9457). No stack trace: it
 * is the client's doing.
 */
public final class UpgradeRejection extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LOGGED = 200;

    private final int status;
    private final String title;
    private final String reason;
    private final transient Map<String, String> fields;
    private final String logged;

    private UpgradeRejection(int status, String title, String reason, String detail, Map<String, String> fields) {
        this(status, title, reason, detail, fields, "");
    }

    private UpgradeRejection(
            int status, String title, String reason, String detail, Map<String, String> fields, String logged) {
        super(detail, null, false, false);
        this.logged = logged;
        this.status = status;
        this.title = title;
        this.reason = reason;
        this.fields = fields;
    }

    static UpgradeRejection badRequest(String detail) {
        return new UpgradeRejection(400, "Bad Request", "malformed_request", detail, Map.of());
    }

    /** The client speaks another version of the protocol (RFC 6455 section 4.4). */
    static UpgradeRejection otherVersion() {
        return new UpgradeRejection(
                426,
                "Upgrade Required",
                "upgrade_required",
                "Sec-WebSocket-Version has to be 13",
                Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
    }

    /** The log names the origin, so that an operator can add it to ALLOWED_ORIGINS. */
    static UpgradeRejection forbiddenOrigin(String origin) {
        String start = origin.substring(0, Math.min(origin.length(), MAX_LOGGED));
        return new UpgradeRejection(
                403,
                "Forbidden",
                "origin_not_allowed",
                "this server takes no connections from pages of that Origin",
                Map.of(),
                " origin=\"" + LogText.of(start) + "\"");
    }

    public static UpgradeRejection tooSlow() {
        return new UpgradeRejection(
                408, "Request Timeout", "request_timeout", "the request did not come in time", Map.of());
    }

    static UpgradeRejection tooMany() {
        return new UpgradeRejection(
                429,
                "Too Many Requests",
                ErrorReason.TOO_MANY_CONNECTIONS.wireName(),
                "too many connections from your address",
                Map.of("Retry-After", "5"));
    }

    public static UpgradeRejection unavailable(String detail) {
        return new UpgradeRejection(
                503, "Service Unavailable", ErrorReason.UNAVAILABLE.wireName(), detail, Map.of("Retry-After", "5"));
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** What the log says besides: empty, or fields with a blank before each. */
    public String logged() {
        return logged;
    }

    /** The word for programs, as in all errors. */
    public String reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Fields of the response besides those about its body. */
    public Map<String, String> fields() {
        return fields;
    }

    /** The whole response; the connection ends behind it. */
    public byte[] response() {
        // Titles and details are written here, and have nothing in them that JSON would escape.
        String body = "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"reason\":\""
                + reason + "\",\"detail\":\"" + detail() + "\"}";
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("Connection", fields.containsKey("Upgrade") ? "Upgrade, close" : "close");
        all.put("Content-Type", "application/problem+json");
        all.put("Content-Length", Integer.toString(body.length()));
        StringBuilder response = new StringBuilder("HTTP/1.1 " + status + " " + title + "\r\n");
        all.forEach((name, value) ->
                response.append(name).append(": ").append(value).append("\r\n"));
        return response.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
    }
}
