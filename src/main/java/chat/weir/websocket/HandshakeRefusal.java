package chat.weir.websocket;

import chat.weir.protocol.LogText;
import java.nio.charset.StandardCharsets;

/** A request is not upgraded; carries the HTTP response that says why. No stack trace: it is the client's doing. */
final class HandshakeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LOGGED = 200;

    private final String status;
    private final String fields;
    private final boolean headOnly;
    private final String logged;

    private HandshakeRefusal(String status, String fields, String text, boolean headOnly) {
        this(status, fields, text, headOnly, "");
    }

    private HandshakeRefusal(String status, String fields, String text, boolean headOnly, String logged) {
        super(text, null, false, false);
        this.logged = logged;
        this.status = status;
        this.fields = fields;
        this.headOnly = headOnly;
    }

    static HandshakeRefusal badRequest(String text) {
        return new HandshakeRefusal("400 Bad Request", "", text, false);
    }

    /** Somebody has opened the port in a browser, or speaks another version. */
    static HandshakeRefusal upgradeRequired(String host, boolean headOnly) {
        String authority = host.matches("[\\w.:\\[\\]-]{1,255}") ? host : "localhost:8080";
        return new HandshakeRefusal(
                "426 Upgrade Required",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
                "This is Weir, a chat server that speaks WebSocket. Try: npx wscat -c \"ws://" + authority
                        + "/fishing?heartbeat=pong\". For a browser there is a page on another port, HTTP_PORT (8081).",
                headOnly);
    }

    /** The log names the origin, so that an operator can add it to ALLOWED_ORIGINS. */
    static HandshakeRefusal forbiddenOrigin(String origin) {
        String start = origin.substring(0, Math.min(origin.length(), MAX_LOGGED));
        return new HandshakeRefusal(
                "403 Forbidden",
                "",
                "This server takes no connections from that Origin.",
                false,
                " origin=\"" + LogText.of(start) + "\"");
    }

    static HandshakeRefusal tooSlow() {
        return new HandshakeRefusal("408 Request Timeout", "", "The request did not come in time.", false);
    }

    static HandshakeRefusal headerTooLarge() {
        return new HandshakeRefusal(
                "431 Request Header Fields Too Large",
                "",
                "At most " + ClientSocket.MAX_HEADER_BYTES + " bytes of header.",
                false);
    }

    static HandshakeRefusal unavailable(String text) {
        return new HandshakeRefusal("503 Service Unavailable", "Retry-After: 5\r\n", text, false);
    }

    /** The status line's code and phrase, for the log. */
    String status() {
        return status;
    }

    /** What the log says besides: empty, or fields with a blank before each. */
    String logged() {
        return logged;
    }

    byte[] response() {
        String body = getMessage() + "\n";
        String connection = fields.contains("Connection:") ? "" : "Connection: close\r\n";
        return ("HTTP/1.1 " + status + "\r\n" + fields + connection + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + (headOnly ? "" : body))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
