package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI document. Messages of clients have names that begin with {@code Client}, those of the server begin with
 * {@code Server}.
 */
public final class AsyncApi {
    public static final String CLIENT = "Client";
    public static final String SERVER = "Server";

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/definitions/";

    /** Duplicate fields are errors, because a reader would see only one of them. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** AsyncAPI's schemas are a superset of JSON Schema's draft 7. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private final JsonNode document;
    private final ObjectNode definitions;
    private final Map<String, Schema> schemas = new HashMap<>();

    private AsyncApi(JsonNode document) {
        this.document = document;
        this.definitions = JSON.readTree(
                        document.at("/components/schemas").toString().replace(COMPONENTS, DEFINITIONS))
                .asObject();
        definitions.forEachEntry((name, schema) -> close(name, schema.asObject()));
    }

    /** Clients must ignore unknown fields; tests reject them, so that no field stays undocumented. */
    private static void close(String name, ObjectNode schema) {
        if (schema.has("properties") && !name.startsWith(CLIENT)) {
            schema.put("additionalProperties", false);
        }
    }

    /** Reads the document in the jar. */
    public static AsyncApi read() {
        try (InputStream in = AsyncApi.class.getResourceAsStream("/chat/weir/http/asyncapi.json")) {
            assertNotNull(in);
            return new AsyncApi(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return document;
    }

    /** Resolves a reference; returns other nodes unchanged. */
    public JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String ref = node.get("$ref").asString();
        assertTrue(ref.startsWith("#/"), ref);
        JsonNode found = document.at(ref.substring(1));
        assertTrue(found.isObject(), ref + " points at nothing");
        return found;
    }

    /** The names of messages with this prefix. */
    public Set<String> messages(String prefix) {
        return document.at("/components/messages").propertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public JsonNode message(String name) {
        return document.at("/components/messages/" + name);
    }

    /** The example payloads of a message. */
    public List<JsonNode> examples(String name) {
        return message(name)
                .get("examples")
                .valueStream()
                .map(example -> example.get("payload"))
                .toList();
    }

    /** The schema of a message's payload. */
    public JsonNode payload(String name) {
        return resolve(message(name).get("payload"));
    }

    /** The fields of a message's payload, each with its schema. */
    public Map<String, JsonNode> fields(String name) {
        Map<String, JsonNode> fields = new TreeMap<>();
        payload(name).get("properties").forEachEntry((field, schema) -> fields.put(field, resolve(schema)));
        return fields;
    }

    public Set<String> required(String name) {
        return payload(name)
                .get("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    /** The {@code type} of a message's envelopes. */
    public String type(String name) {
        return fields(name).get("type").get("const").asString();
    }

    /** The violations of a message's schema in an envelope. */
    public List<String> errors(String name, JsonNode envelope) {
        return schemas.computeIfAbsent(name, this::schema).validate(envelope).stream()
                .map(Error::toString)
                .toList();
    }

    /** Validates with a copy of the schema that contains the document's schemas as definitions. */
    private Schema schema(String name) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").addObject().put("$ref", DEFINITIONS + name);
        whole.set("definitions", definitions);
        return SCHEMAS.getSchema(whole);
    }

    /** The messages with this prefix whose schema an envelope matches. */
    public Set<String> fitting(String prefix, JsonNode envelope) {
        return messages(prefix).stream()
                .filter(name -> errors(name, envelope).isEmpty())
                .collect(Collectors.toSet());
    }

    /** The replies to a client's message. */
    public Set<String> replies(String clientMessage) {
        JsonNode messages = document.at("/operations/receive" + clientMessage.substring(CLIENT.length()))
                .at("/reply/messages");
        return messages.valueStream()
                .map(message -> resolve(resolve(message)).get("name").asString())
                .collect(Collectors.toSet());
    }
}
