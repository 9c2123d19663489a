package chat.weir.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;

/**
 * The header of a request, as far as the JDK's server does not check it.
 *
 * <p>Threading: no state.
 */
final class RequestHeader {
    /** The same limit as that of the WebSocket handshake. */
    static final int MAX_BYTES = 16 * 1024;

    static final int MAX_FIELDS = 64;

    /** A second value would be read by this server and a proxy in different ways. */
    private static final List<String> AT_MOST_ONCE =
            List.of("Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization", "Origin");

    /** Of a field, beside its name and value: a colon, a blank and the end of the line. */
    private static final int FIELD_OVERHEAD = 4;

    private RequestHeader() {}

    /**
     * Checks the header as a whole.
     *
     * @throws Problem 431 if it is too long, 400 if a field is there more than once that may be there once
     */
    static void check(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (length(exchange) > MAX_BYTES) {
            throw tooLarge("the request's header is longer than " + MAX_BYTES + " bytes");
        }
        if (headers.values().stream().mapToInt(List::size).sum() > MAX_FIELDS) {
            throw tooLarge("the request's header has more than " + MAX_FIELDS + " fields");
        }
        for (String name : AT_MOST_ONCE) {
            if (headers.getOrDefault(name, List.of()).size() > 1) {
                throw Problem.badRequest("more than one " + name + " field");
            }
        }
    }

    private static Problem tooLarge(String detail) {
        return new Problem(HttpReason.HEADER_TOO_LARGE, detail, Map.of("Connection", "close"));
    }

    private static int length(HttpExchange exchange) {
        int length = exchange.getRequestMethod().length()
                + exchange.getRequestURI().toString().length()
                + exchange.getProtocol().length()
                + FIELD_OVERHEAD;
        for (Map.Entry<String, List<String>> field :
                exchange.getRequestHeaders().entrySet()) {
            for (String value : field.getValue()) {
                length += field.getKey().length() + value.length() + FIELD_OVERHEAD;
            }
        }
        return length + 2;
    }
}
