package chat.weir.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with, before the headers that all answers have.
 *
 * @param mediaType of the body; empty if there is none
 */
record Response(int status, Map<String, String> headers, String mediaType, String body) {
    static final String JSON = "application/json";
    private static final String NOTHING = "";

    static Response json(int status, Object value) {
        return json(status, value, Map.of());
    }

    static Response json(int status, Object value, Map<String, String> headers) {
        return new Response(status, headers, JSON, Json.text(value));
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

    /** 204: done, and there is nothing to say about it. */
    static Response done() {
        return new Response(204, Map.of(), "", NOTHING);
    }

    static Response done(Map<String, String> headers) {
        return new Response(204, headers, "", NOTHING);
    }
}
