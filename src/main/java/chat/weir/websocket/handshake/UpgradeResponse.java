package chat.weir.websocket.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response that accepts a request for a WebSocket (RFC 6455 section 4.2.2). Selects the first subprotocol offered, and no
 * extension.
 */
public final class UpgradeResponse {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private UpgradeResponse() {}

    /** The whole response, up to and with the empty line at its end. */
    public static byte[] bytes(UpgradeRequest request) {
        StringBuilder text = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        for (Map.Entry<String, String> field : fields(request).entrySet()) {
            text.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Its fields, in their order. */
    public static Map<String, String> fields(UpgradeRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Upgrade", "websocket");
        fields.put("Connection", "Upgrade");
        fields.put("Sec-WebSocket-Accept", accept(request.field("Sec-WebSocket-Key")));
        request.subprotocol().ifPresent(chosen -> fields.put("Sec-WebSocket-Protocol", chosen));
        return fields;
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
