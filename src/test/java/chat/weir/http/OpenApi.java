package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's document, as a test reads it. */
public final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String COMPONENTS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";

    private final JsonNode document;
    /** Which of the documented statuses were seen, as {@code GET /path 200}. */
    private final Set<String> seen = new TreeSet<>();

    public OpenApi(JsonNode document) {
        this.document = document;
    }

    /** As {@code GET /path}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        return operations;
    }

    public Set<String> seen() {
        return seen;
    }

    public JsonNode operation(String method, String path) {
        JsonNode operation = document.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
        assertNotNull(operation, method + " " + path);
        return operation;
    }

    /** Fails unless the document says that this call may be answered so. */
    public void check(String method, String path, Answer answer) {
        String what = method + " " + path + " " + answer.status();
        JsonNode response = operation(method, path).get("responses").get(Integer.toString(answer.status()));
        assertNotNull(response, what + " is not documented: " + answer.text());
        JsonNode described = resolve(response);
        JsonNode content = described.get("content");
        if (content == null) {
            assertEquals("", answer.text(), what);
        } else {
            JsonNode media = content.get(answer.header("Content-Type"));
            assertNotNull(media, what + " has another media type: " + answer.header("Content-Type"));
            if (answer.header("Content-Type").endsWith("json")) {
                assertEquals(List.of(), errors(media.get("schema"), answer.json()), what);
            }
        }
        if (described.has("headers")) {
            described
                    .get("headers")
                    .propertyNames()
                    .forEach(name -> assertTrue(!answer.header(name).isEmpty(), what + " has no header " + name));
        }
        seen.add(what);
    }

    /** Fails unless every example in the document is what its schema says. Returns how many there are. */
    public int checkExamples() {
        Set<JsonNode> media = new HashSet<>();
        collectMedia(document, media);
        media.forEach(type -> {
            JsonNode example = type.get("example");
            assertEquals(List.of(), errors(type.get("schema"), example), example.toString());
        });
        return media.size();
    }

    private static void collectMedia(JsonNode node, Set<JsonNode> found) {
        if (node.isObject() && node.has("schema") && node.has("example")) {
            found.add(node);
        }
        node.forEach(child -> collectMedia(child, found));
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** By a schema of its own, which has the document's schemas where JSON Schema keeps them. */
    private List<String> errors(JsonNode schema, JsonNode value) {
        ObjectNode whole = MAPPER.readTree(schema.toString().replace(COMPONENTS, DEFINITIONS))
                .asObject();
        whole.set(
                "$defs",
                MAPPER.readTree(document.at("/components/schemas").toString().replace(COMPONENTS, DEFINITIONS)));
        return SCHEMAS.getSchema(whole).validate(value).stream()
                .map(Error::toString)
                .toList();
    }
}
