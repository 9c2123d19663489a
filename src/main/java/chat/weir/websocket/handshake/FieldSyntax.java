package chat.weir.websocket.handshake;

/**
 * The grammar of header fields (RFC 9110 section 5, RFC 3986 section 3.2).
 *
 * <p>Loops over characters instead of streams or regular expressions: these checks run several times in each handshake, and
 * took a tenth of its time.
 */
final class FieldSyntax {
    /** Besides letters and digits, in a token. */
    private static final String TOKEN_SYMBOLS = "!#$%&'*+.^_`|~-";

    /** Besides letters and digits, in the name of a host; a comma would be two values in one. */
    private static final String HOST_SYMBOLS = "_.~!$&'()*+;=%-";

    private static final String IPV6_SYMBOLS = ":.ABCDEFabcdef";

    private static final int MAX_PORT_DIGITS = 5;

    private FieldSyntax() {}

    /** RFC 9110 section 5.6.2. */
    static boolean isToken(String text) {
        return !text.isEmpty() && isLettersDigitsOr(TOKEN_SYMBOLS, text);
    }

    private static boolean isLettersDigitsOr(String symbols, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && symbols.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDigitsOr(String symbols, String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && symbols.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A name or address, with or without a port, which may be empty. */
    static boolean isHost(String text) {
        boolean isIpv6 = text.startsWith("[");
        int end = isIpv6 ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = end < 0 ? text : text.substring(0, end);
        String port = end < 0 ? "" : text.substring(end);
        return (isIpv6 ? isIpv6(host) : isHostName(host)) && (port.isEmpty() || isPort(port));
    }

    private static boolean isHostName(String host) {
        return !host.isEmpty() && isLettersDigitsOr(HOST_SYMBOLS, host);
    }

    /** In brackets; whether it is a possible address is of no importance here. */
    private static boolean isIpv6(String host) {
        return host.length() > 2 && isDigitsOr(IPV6_SYMBOLS, host, 1, host.length() - 1);
    }

    private static boolean isPort(String port) {
        return port.startsWith(":") && port.length() <= 1 + MAX_PORT_DIGITS && isDigitsOr("", port, 1, port.length());
    }

    /** RFC 9110 section 5.5: without the control characters that end a line for some readers and not for others. */
    static boolean isFieldValue(String text) {
        return text.indexOf('\0') < 0 && text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
    }

    /** Whether a {@code Content-Length} is missing or 0. */
    static boolean isZero(String length) {
        for (int i = 0; i < length.length(); i++) {
            if (length.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
