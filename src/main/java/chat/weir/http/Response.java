package chat.weir.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request is answered with, before the headers that all answers have. */
record Response(int status, Map<String, String> headers, Content content) {
    static final String JSON = "application/json";

    static Response json(int status, Object value) {
        return json(status, value, Map.of());
    }

    static Response json(int status, Object value, Map<String, String> headers) {
        return new Response(status, headers, Content.of(JSON, Json.text(value)));
    }

    /**
     * A part of a listing.
     *
     * @param next to page on with; null at the end
     */
    static Response page(String name, List<?> entries, @Nullable Object next) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, entries);
        if (next != null) {
            page.put("next", next);
        }
        return json(200, page);
    }

    /** 308: it is elsewhere, and will be. */
    static Response movedTo(String location) {
        return new Response(308, Map.of("Location", location), Content.NONE);
    }

    /** 204: done, and there is nothing to say about it. */
    static Response done() {
        return done(Map.of());
    }

    static Response done(Map<String, String> headers) {
        return new Response(204, headers, Content.NONE);
    }
}
