package chat.weir.websocket.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.java_websocket.handshake.ClientHandshake;

/**
 * The request that opens a connection (RFC 6455 section 4.2.1).
 *
 * <p>Threading: immutable.
 */
public final class UpgradeRequest implements ClientHandshake {
    /** Besides letters and digits, in a token. */
    private static final String TOKEN_SYMBOLS = "!#$%&'*+.^_`|~-";

    /** Besides letters and digits, in the name of a host (RFC 3986 section 3.2); a comma would be two values in one. */
    private static final String HOST_SYMBOLS = "_.~!$&'()*+;=%-";

    private static final int MAX_PORT_DIGITS = 5;

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
        List<String> lines = lines(header.stripTrailing());
        String[] requestLine = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        if (requestLine.length != 3 || !requestLine[2].startsWith("HTTP/1.") || requestLine[1].isEmpty()) {
            throw UpgradeRejection.badRequest("this is not HTTP/1.1");
        }
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            addField(fields, line);
        }
        return new UpgradeRequest(requestLine[0], requestLine[1], requestLine[2], fields);
    }

    /** Without a regular expression, as the checks below: parsing was a twelfth of the time of a handshake with them. */
    private static List<String> lines(String header) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int end = header.indexOf('\n'); end >= 0; end = header.indexOf('\n', begin)) {
            boolean hasReturn = end > begin && header.charAt(end - 1) == '\r';
            lines.add(header.substring(begin, hasReturn ? end - 1 : end));
            begin = end + 1;
        }
        lines.add(header.substring(begin));
        return lines;
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(UpgradeRequest::isOfToken);
    }

    private static boolean isOfToken(int c) {
        return isLetterOrDigit(c) || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** A name or address, with or without a port, which may be empty. */
    private static boolean isHost(String text) {
        boolean isIpv6 = text.startsWith("[");
        int end = isIpv6 ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = end < 0 ? text : text.substring(0, end);
        String port = end < 0 ? "" : text.substring(end);
        return (isIpv6 ? isIpv6(host) : isHostName(host)) && (port.isEmpty() || isPort(port));
    }

    private static boolean isHostName(String host) {
        return !host.isEmpty() && host.chars().allMatch(c -> isLetterOrDigit(c) || HOST_SYMBOLS.indexOf(c) >= 0);
    }

    private static boolean isIpv6(String host) {
        return host.length() > 2
                && host.substring(1, host.length() - 1)
                        .chars()
                        .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
    }

    private static boolean isPort(String port) {
        return port.startsWith(":")
                && port.length() <= 1 + MAX_PORT_DIGITS
                && port.chars().skip(1).allMatch(UpgradeRequest::isDigit);
    }

    /** RFC 9110 section 5.5: without the control characters that end a line for some readers and not for others. */
    private static boolean isFieldValue(String text) {
        return text.indexOf('\0') < 0 && text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
    }

    private static void addField(Map<String, String> fields, String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon));
        String value = line.substring(colon + 1).strip();
        if (!isToken(name) || !isFieldValue(value)) {
            throw UpgradeRejection.badRequest("a header line that is not a name, a colon and a value");
        }
        String before = fields.get(name);
        if (before != null && AT_MOST_ONCE.contains(name.toLowerCase(Locale.ROOT))) {
            throw UpgradeRejection.badRequest("more than one " + name + " field");
        }
        fields.put(name, before == null ? value : before + ", " + value);
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
        if (!getFieldValue("Sec-WebSocket-Version").equals("13")) {
            throw UpgradeRejection.otherVersion();
        }
        if (!isHost(getFieldValue("Host"))) {
            throw UpgradeRejection.badRequest("Host must be one host, with or without a port");
        }
        if (hasFieldValue("Transfer-Encoding")
                || getFieldValue("Content-Length").chars().anyMatch(c -> c != '0')) {
            // Its bytes would be taken for frames.
            throw UpgradeRejection.badRequest("a handshake has no body");
        }
        Optional<String> unused = subprotocol();
        if (!isKey(getFieldValue("Sec-WebSocket-Key"))) {
            throw UpgradeRejection.badRequest("Sec-WebSocket-Key must be 16 bytes in Base64");
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

    /**
     * The first subprotocol that the client offers: each of them means JSON to this server, and browsers close a
     * connection of which none has been chosen.
     *
     * @throws UpgradeRejection 400 if one of them is not a token
     */
    public Optional<String> subprotocol() {
        Optional<String> first = Optional.empty();
        for (String element : getFieldValue("Sec-WebSocket-Protocol").split(",", -1)) {
            String offered = element.strip();
            if (offered.isEmpty()) {
                // RFC 9110 section 5.6.1.2: empty elements of a list are ignored.
                continue;
            }
            if (!isToken(offered) || offered.length() > MAX_SUBPROTOCOL) {
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
