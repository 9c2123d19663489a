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
 * The document of the WebSocket's envelopes, as a test reads it. The messages that clients send have names that begin
 * with {@code Client}, those that the server sends with {@code Server}.
 */
public final class AsyncApi {
    public static final String CLIENT = "Client";
    public static final String SERVER = "Server";

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/definitions/";

    /** Of two fields of the same name a reader would see one only. */
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

    /** A client has to be ready for fields that are to come; a test is not, or they would come undescribed. */
    private static void close(String name, ObjectNode schema) {
        if (schema.has("properties") && !name.startsWith(CLIENT)) {
            schema.put("additionalProperties", false);
        }
    }

    /** As it is in the jar. */
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

    /** What a reference points at, or the node itself if it is none. */
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

    /** Of all messages, or those whose names begin so. */
    public Set<String> messages(String prefix) {
        return document.at("/components/messages").propertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public JsonNode message(String name) {
        return document.at("/components/messages/" + name);
    }

    /** The payloads that the document shows of a message. */
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

    /** The {@code type} that envelopes of a message have. */
    public String type(String name) {
        return fields(name).get("type").get("const").asString();
    }

    /** What of an envelope is not as a message's schema has it. */
    public List<String> errors(String name, JsonNode envelope) {
        return schemas.computeIfAbsent(name, this::schema).validate(envelope).stream()
                .map(Error::toString)
                .toList();
    }

    /** By a schema of its own, which has the document's schemas where JSON Schema keeps them. */
    private Schema schema(String name) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").addObject().put("$ref", DEFINITIONS + name);
        whole.set("definitions", definitions);
        return SCHEMAS.getSchema(whole);
    }

    /** Those messages with names that begin so whose schemas an envelope fits. */
    public Set<String> fitting(String prefix, JsonNode envelope) {
        return messages(prefix).stream()
                .filter(name -> errors(name, envelope).isEmpty())
                .collect(Collectors.toSet());
    }

    /** The messages that answer a client's message. */
    public Set<String> replies(String clientMessage) {
        JsonNode messages = document.at("/operations/receive" + clientMessage.substring(CLIENT.length()))
                .at("/reply/messages");
        return messages.valueStream()
                .map(message -> resolve(resolve(message)).get("name").asString())
                .collect(Collectors.toSet());
    }
}
