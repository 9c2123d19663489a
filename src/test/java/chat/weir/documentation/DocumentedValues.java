package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ids in a document, and those that the server has generated in their place. An id that appears twice in the document
 * must be the same one for the server, too.
 */
final class DocumentedValues {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, String> actual = new HashMap<>();

    /** Replaces the ids of the document that are known by the server's. */
    String actual(String documented) {
        String text = documented;
        for (Map.Entry<String, String> entry : actual.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    /** The reverse of {@link #actual}. */
    private String documented(String received) {
        String text = received;
        for (Map.Entry<String, String> entry : actual.entrySet()) {
            text = text.replace(entry.getValue(), entry.getKey());
        }
        return text;
    }

    /** Remembers the server's value for one in the document. */
    void put(String documented, String received) {
        String known = actual.putIfAbsent(documented, received);
        assertEquals(known == null ? received : known, received, () -> documented + " is another one");
    }

    /** Compares what was received with the document, ignoring times and secrets, and remembers the ids. */
    void assertSame(String documented, String received, String message) {
        assertEquals(Example.comparable(documented), Example.comparable(documented(received)), message);
        learn(JSON.readTree(documented), JSON.readTree(received));
    }

    private void learn(JsonNode documented, JsonNode received) {
        if (documented.isArray()) {
            for (int i = 0; i < documented.size(); i++) {
                learn(documented.get(i), received.get(i));
            }
        } else if (documented instanceof ObjectNode object) {
            object.properties().forEach(field -> learn(field.getKey(), field.getValue(), received.get(field.getKey())));
        }
    }

    private void learn(String name, JsonNode documented, JsonNode received) {
        if (Example.isId(name, documented)) {
            put(documented.asString(), received.asString());
        } else {
            learn(documented, received);
        }
    }
}
