package chat.weir.http.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route's response, without the headers that all responses have.
 *
 * @param mediaType of the body; empty if there is none
 */
public record Response(int status, Map<String, String> headers, String mediaType, ByteBuffer body) {
    /** Headers of every response. A route can override them. */
    public static final Map<String, String> COMMON_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** An independent view of the body. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    public static Response json(int status, Object value) {
        return json(status, value, Map.of());
    }

    public static Response json(int status, Object value, Map<String, String> headers) {
        return text(status, headers, Json.MEDIA_TYPE, Json.text(value));
    }

    public static Response text(int status, Map<String, String> headers, String mediaType, String text) {
        ByteBuffer utf8 = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        return new Response(status, headers, mediaType, utf8);
    }

    /** A response without a body. */
    public static Response empty(int status, Map<String, String> headers) {
        return new Response(status, headers, "", NO_BODY);
    }

    /**
     * A page of a list.
     *
     * @param next where the next page starts; null at the end
     */
    public static Response page(String name, List<?> entries, @Nullable Object next) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, entries);
        if (next != null) {
            page.put("next", next);
        }
        return json(200, page);
    }

    /** 308: a permanent redirect. */
    public static Response movedTo(String location) {
        return empty(308, Map.of("Location", location));
    }

    /** 204: no content. */
    public static Response done() {
        return done(Map.of());
    }

    public static Response done(Map<String, String> headers) {
        return empty(204, headers);
    }
}
