package chat.weir.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.java_websocket.handshake.ClientHandshake;

/**
 * The request that opens a connection (RFC 6455 section 4.2.1).
 *
 * <p>Threading: immutable.
 */
final class HandshakeRequest implements ClientHandshake {
    private final String method;
    private final String target;
    private final String version;
    private final Map<String, String> fields;

    private HandshakeRequest(String method, String target, String version, Map<String, String> fields) {
        this.method = method;
        this.target = target;
        this.version = version;
        this.fields = fields;
    }

    /**
     * Reads a request header, up to and with the empty line at its end.
     *
     * @throws HandshakeRefusal 400 if it is not HTTP
     */
    static HandshakeRequest parse(String header) {
        List<String> lines = List.of(header.stripTrailing().split("\r\n", -1));
        String[] requestLine = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        if (requestLine.length != 3 || !requestLine[2].startsWith("HTTP/1.") || requestLine[1].isEmpty()) {
            throw HandshakeRefusal.badRequest("This is not HTTP/1.1.");
        }
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw HandshakeRefusal.badRequest("A header line without a name.");
            }
            fields.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new HandshakeRequest(requestLine[0], requestLine[1], requestLine[2], fields);
    }

    /** @throws HandshakeRefusal 426 if it does not ask for a WebSocket, 400 if it does so in a wrong way */
    void check() {
        String host = getFieldValue("Host");
        if (!version.equals("HTTP/1.1")
                || !method.equals("GET")
                || !hasToken("Upgrade", "websocket")
                || !hasToken("Connection", "upgrade")) {
            throw HandshakeRefusal.upgradeRequired(host, method.equals("HEAD"));
        }
        if (!getFieldValue("Sec-WebSocket-Version").equals("13")) {
            throw HandshakeRefusal.upgradeRequired(host, false);
        }
        if (host.isEmpty()) {
            throw HandshakeRefusal.badRequest("A request without a Host.");
        }
        if (!isKey(getFieldValue("Sec-WebSocket-Key"))) {
            throw HandshakeRefusal.badRequest("Sec-WebSocket-Key must be 16 bytes in Base64.");
        }
    }

    private boolean hasToken(String field, String token) {
        for (String value : getFieldValue(field).split(",", -1)) {
            if (value.strip().toLowerCase(Locale.ROOT).equals(token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.getBytes(StandardCharsets.ISO_8859_1)).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The request line's target: path and query as they came. */
    String target() {
        return target;
    }

    /** The library keeps this for the life of the connection, so it gets a constant. */
    @Override
    public String getResourceDescriptor() {
        return "/";
    }

    @Override
    public Iterator<String> iterateHttpFields() {
        return fields.keySet().iterator();
    }

    /** The field's value, or an empty string. */
    @Override
    public String getFieldValue(String name) {
        return fields.getOrDefault(name, "");
    }

    @Override
    public boolean hasFieldValue(String name) {
        return fields.containsKey(name);
    }

    @Override
    public byte[] getContent() {
        return new byte[0];
    }
}
