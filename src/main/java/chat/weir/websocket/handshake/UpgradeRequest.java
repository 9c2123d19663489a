package chat.weir.websocket.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The request that opens a connection (RFC 6455 section 4.2.1).
 *
 * <p>Threading: immutable.
 */
public final class UpgradeRequest {
    /** Fields of one value: a second one would be read by us and a proxy in different ways. */
    private static final Set<String> AT_MOST_ONCE = Set.of(
            "host", "content-length", "transfer-encoding", "origin", "sec-websocket-key", "sec-websocket-version");

    /** Enough for a login in a subprotocol's name; more need not fit into a fresh socket's buffer, as the response must. */
    private static final int MAX_SUBPROTOCOL = 4_096;

    private static final String UPGRADE_FIELD = "\nupgrade:";
    private static final String WEBSOCKET = "websocket";

    private final String method;
    private final String target;
    private final String version;
    /** By their names in lower case. */
    private final Map<String, String> fields;

    private UpgradeRequest(String method, String target, String version, Map<String, String> fields) {
        this.method = method;
        this.target = target;
        this.version = version;
        this.fields = fields;
    }

    /**
     * Reads a request header, up to and with the empty line at its end.
     *
     * @throws UpgradeRejection 400 if it is not HTTP, or can be understood in two ways
     */
    public static UpgradeRequest parse(String header) {
        String lines = header.stripTrailing();
        String requestLine = lineAt(lines, 0);
        int targetAt = requestLine.indexOf(' ') + 1;
        int versionAt = requestLine.lastIndexOf(' ') + 1;
        // One space twice, and a target between them.
        if (requestLine.indexOf(' ', targetAt) != versionAt - 1
                || versionAt - targetAt < 2
                || !requestLine.startsWith("HTTP/1.", versionAt)) {
            throw UpgradeRejection.badRequest("this is not HTTP/1.1");
        }
        Map<String, String> fields = new HashMap<>();
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', end + 1)) {
            addField(fields, lineAt(lines, end + 1));
        }
        return new UpgradeRequest(
                requestLine.substring(0, targetAt - 1),
                requestLine.substring(targetAt, versionAt - 1),
                requestLine.substring(versionAt),
                fields);
    }

    /** The line that begins there, without its end. */
    private static String lineAt(String text, int begin) {
        int lineFeed = text.indexOf('\n', begin);
        int end = lineFeed < 0 ? text.length() : lineFeed;
        boolean hasReturn = lineFeed > begin && text.charAt(lineFeed - 1) == '\r';
        return text.substring(begin, hasReturn ? end - 1 : end);
    }

    private static void addField(Map<String, String> fields, String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon));
        String value = line.substring(colon + 1).strip();
        if (!FieldSyntax.isToken(name) || !FieldSyntax.isFieldValue(value)) {
            throw UpgradeRejection.badRequest("a header line that is not a name, a colon and a value");
        }
        String key = name.toLowerCase(Locale.ROOT);
        String before = fields.put(key, value);
        if (before != null) {
            if (AT_MOST_ONCE.contains(key)) {
                throw UpgradeRejection.badRequest("more than one " + name + " field");
            }
            fields.put(key, before + ", " + value);
        }
    }

    /** Whether a header has an {@code Upgrade} field that names WebSocket, whatever else is right or wrong with it. */
    static boolean asksForWebSocket(String header) {
        for (int line = header.indexOf('\n'); line >= 0; line = header.indexOf('\n', line + 1)) {
            if (header.regionMatches(true, line, UPGRADE_FIELD, 0, UPGRADE_FIELD.length())
                    && namesWebSocket(header, line + UPGRADE_FIELD.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a field's value, which begins there, has the word in it. */
    private static boolean namesWebSocket(String header, int begin) {
        for (int i = begin; i < header.length() && header.charAt(i) != '\n'; i++) {
            if (header.regionMatches(true, i, WEBSOCKET, 0, WEBSOCKET.length())
                    && !isOfWord(header, i - 1)
                    && !isOfWord(header, i + WEBSOCKET.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(String text, int index) {
        return index < text.length() && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '_');
    }

    /** @throws UpgradeRejection 400 or 426 if it asks for a WebSocket in a wrong way */
    void check() {
        if (!version.equals("HTTP/1.1")
                || !method.equals("GET")
                || !hasToken("Upgrade", "websocket")
                || !hasToken("Connection", "upgrade")) {
            throw UpgradeRejection.badRequest(
                    "a WebSocket begins with a GET request of HTTP/1.1 with Connection: Upgrade");
        }
        if (!field("Sec-WebSocket-Version").equals("13")) {
            throw UpgradeRejection.otherVersion();
        }
        if (!FieldSyntax.isHost(field("Host"))) {
            throw UpgradeRejection.badRequest("Host must be one host, with or without a port");
        }
        if (hasField("Transfer-Encoding") || !FieldSyntax.isZero(field("Content-Length"))) {
            // Its bytes would be taken for frames.
            throw UpgradeRejection.badRequest("a handshake has no body");
        }
        Optional<String> unused = subprotocol();
        if (!isKey(field("Sec-WebSocket-Key"))) {
            throw UpgradeRejection.badRequest("Sec-WebSocket-Key must be 16 bytes in Base64");
        }
    }

    private boolean hasToken(String field, String token) {
        String value = field(field);
        if (value.equalsIgnoreCase(token)) {
            return true;
        }
        for (String element : value.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(token)) {
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

    /**
     * The first subprotocol that the client offers: each of them means JSON to this server, and browsers close a
     * connection of which none has been chosen.
     *
     * @throws UpgradeRejection 400 if one of them is not a token
     */
    public Optional<String> subprotocol() {
        if (!hasField("Sec-WebSocket-Protocol")) {
            return Optional.empty();
        }
        Optional<String> first = Optional.empty();
        for (String element : field("Sec-WebSocket-Protocol").split(",", -1)) {
            String offered = element.strip();
            if (offered.isEmpty()) {
                // RFC 9110 section 5.6.1.2: empty elements of a list are ignored.
                continue;
            }
            if (!FieldSyntax.isToken(offered) || offered.length() > MAX_SUBPROTOCOL) {
                throw UpgradeRejection.badRequest("Sec-WebSocket-Protocol must be a list of tokens");
            }
            first = first.or(() -> Optional.of(offered));
        }
        return first;
    }

    /** The request line's target: path and query as they came. */
    public String target() {
        return target;
    }

    /** The field's value, or an empty string. */
    public String field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    private boolean hasField(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }
}
