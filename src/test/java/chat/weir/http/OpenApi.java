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

/** The OpenAPI document. */
public final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String COMPONENTS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";

    private final JsonNode document;
    /** The documented responses that occurred, such as {@code GET /path 200}. */
    private final Set<String> seen = new TreeSet<>();

    public OpenApi(JsonNode document) {
        this.document = document;
    }

    /** All operations, such as {@code GET /path}. */
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

    /** Checks that the document describes this response. */
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

    /** Checks all examples against their schemas. Returns their number. */
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

    /** Validates with a copy of the schema that contains the document's schemas as definitions. */
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
