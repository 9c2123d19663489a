package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.routing.HttpReason;
import chat.weir.protocol.ErrorReason;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The response to an API call of a test. */
public record Answer(HttpResponse<String> response) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** All valid combinations, such as {@code 404 not_found}. */
    private static final Set<String> REASONS = Stream.of(
                    Arrays.stream(ErrorReason.values())
                            .map(reason -> reason.code().number() + " " + reason.wireName()),
                    Arrays.stream(HttpReason.values()).map(reason -> reason.status() + " " + reason.wireName()),
                    Stream.of("400 " + ErrorReason.TOO_LONG.wireName()))
            .flatMap(reasons -> reasons)
            .collect(Collectors.toUnmodifiableSet());

    public int status() {
        return response.statusCode();
    }

    public String text() {
        return response.body();
    }

    public JsonNode json() {
        return MAPPER.readTree(text());
    }

    /** A string in the body. */
    public String get(String field) {
        return json().get(field).asString();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    public Answer expect(int status) {
        assertEquals(status, status(), text());
        return this;
    }

    /** The machine-readable reason. */
    public String reason() {
        return get("reason");
    }

    /** Checks that the body is a problem document, and returns its detail. */
    public String problem(int status) {
        expect(status);
        assertEquals("application/problem+json", header("Content-Type"));
        assertEquals(status, json().get("status").asInt());
        assertEquals("about:blank", get("type"));
        assertTrue(REASONS.contains(status + " " + reason()), this::text);
        assertEquals(response.uri().getRawPath(), get("instance"));
        return get("detail");
    }
}
