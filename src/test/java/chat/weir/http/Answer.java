package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answered to a test's call. */
record Answer(HttpResponse<String> response) {
    private static final JsonMapper MAPPER = new JsonMapper();

    int status() {
        return response.statusCode();
    }

    String text() {
        return response.body();
    }

    JsonNode json() {
        return MAPPER.readTree(text());
    }

    /** A string in the body. */
    String get(String field) {
        return json().get(field).asString();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    Answer expect(int status) {
        assertEquals(status, status(), text());
        return this;
    }

    /** The detail of a problem document, which is checked to be one. */
    String problem(int status) {
        expect(status);
        assertEquals("application/problem+json", header("Content-Type"));
        assertEquals(status, json().get("status").asInt());
        assertEquals("about:blank", get("type"));
        assertEquals(response.uri().getRawPath(), get("instance"));
        return get("detail");
    }
}
