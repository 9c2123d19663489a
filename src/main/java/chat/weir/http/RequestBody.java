package chat.weir.http;

import chat.weir.protocol.ErrorReason;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Locale;

/** The body of a request, which is read whole, and not beyond its limit. */
final class RequestBody {
    static final int MAX_BYTES = 64 << 10;

    /** A code point outside the BMP that is written as two escapes. */
    private static final int BYTES_A_CHARACTER = 12;

    /** What else is in a body with a text. */
    private static final int OVERHEAD = 4 << 10;

    private RequestBody() {}

    /** How long a body may be where texts may have so many code points: long enough for each of them. */
    static int maxBytes(int maxTextLength) {
        return Math.max(MAX_BYTES, BYTES_A_CHARACTER * maxTextLength + OVERHEAD);
    }

    /** @throws Problem 415 if a body is not what the route takes, 413 if it says itself that it is too long */
    static void check(HttpExchange exchange, Route route, int maxBytes) {
        if (route.takesJson() && !isJson(header(exchange, "Content-Type"))) {
            throw new Problem(
                    HttpReason.UNSUPPORTED_MEDIA_TYPE,
                    "the body has to be JSON in UTF-8: Content-Type: application/json");
        }
        String length = header(exchange, "Content-Length");
        // What is no number the JDK's server has refused.
        if (!length.isEmpty() && Long.parseLong(length) > maxBytes) {
            throw tooLong(maxBytes);
        }
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset=") && !parameter.matches("charset=\"?utf-8\"?")) {
                return false;
            }
        }
        return parts[0].strip().equals(Response.JSON);
    }

    /**
     * Reads to the body's end, which the connection needs even where nobody wants the body.
     *
     * @throws Problem 413 if it is too long
     * @throws IOException if it does not come whole
     */
    static byte[] read(HttpExchange exchange, int maxBytes) throws IOException {
        byte[] body;
        try {
            body = exchange.getRequestBody().readNBytes(maxBytes + 1);
        } catch (IndexOutOfBoundsException e) {
            // So the JDK's server takes a chunk whose length is no int.
            throw new IOException("the body's chunks are broken", e);
        }
        if (body.length > maxBytes) {
            throw tooLong(maxBytes);
        }
        return body;
    }

    private static Problem tooLong(int maxBytes) {
        return new Problem(ErrorReason.TOO_LONG, "the body is longer than " + maxBytes + " bytes");
    }

    static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
