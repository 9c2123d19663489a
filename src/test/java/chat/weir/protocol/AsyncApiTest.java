package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.frame.CloseCode;
import chat.weir.testing.AsyncApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Checks that the document is complete and consistent AsyncAPI 3.0. */
class AsyncApiTest {
    private static final AsyncApi DOCUMENT = AsyncApi.read();
    private static final String CHANNEL = "#/channels/channel";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    static Set<String> messages() {
        return DOCUMENT.messages("");
    }

    private static JsonNode at(String path) {
        return DOCUMENT.root().at(path);
    }

    private static Set<String> refs(JsonNode list) {
        return list.valueStream().map(node -> node.get("$ref").asString()).collect(Collectors.toSet());
    }

    /** All references in the document. */
    private static List<JsonNode> references(JsonNode node) {
        List<JsonNode> found = new ArrayList<>();
        if (node.has("$ref")) {
            found.add(node);
        }
        node.forEach(child -> found.addAll(references(child)));
        return found;
    }

    @Test
    void conformsToItsVersion() {
        assertEquals("3.0.0", at("/asyncapi").asString());
        assertFalse(at("/info/title").asString().isEmpty());
        assertFalse(at("/info/version").asString().isEmpty());
    }

    /** Siblings of a reference are ignored, by AsyncAPI and by JSON Schema draft 7. */
    @Test
    void hasValidReferencesWithoutSiblings() {
        List<JsonNode> references = references(DOCUMENT.root());
        assertTrue(references.size() > 300);
        for (JsonNode reference : references) {
            assertEquals(1, reference.size(), reference::toString);
            assertTrue(DOCUMENT.resolve(reference).isObject());
        }
    }

    @Test
    void usesEverySchemaAndEveryMessage() {
        Set<String> used = references(DOCUMENT.root()).stream()
                .map(reference -> reference.get("$ref").asString())
                .collect(Collectors.toSet());
        for (String kind : List.of("schemas", "messages", "correlationIds")) {
            at("/components/" + kind)
                    .propertyNames()
                    .forEach(name -> assertTrue(used.contains("#/components/" + kind + "/" + name), name));
        }
    }

    @Test
    void namesItsVariables() {
        for (JsonNode server : at("/servers")) {
            String url = server.get("host").asString() + server.get("pathname").asString();
            assertEquals(variables(url), new TreeSet<>(server.get("variables").propertyNames()));
            assertTrue(Set.of("ws", "wss").contains(server.get("protocol").asString()));
        }
        assertEquals(
                variables(at("/channels/channel/address").asString()),
                new TreeSet<>(at("/channels/channel/parameters").propertyNames()));
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hasOneChannelWithEveryMessage() {
        assertEquals(Set.of("channel"), Set.copyOf(at("/channels").propertyNames()));
        JsonNode messages = at("/channels/channel/messages");
        assertEquals(messages(), new TreeSet<>(messages.propertyNames()));
        messages.forEachEntry((name, reference) -> assertEquals(
                "#/components/messages/" + name, reference.get("$ref").asString()));
    }

    @Test
    void hasOneOperationForEachMessage() {
        Map<String, String> expected = new TreeMap<>();
        DOCUMENT.messages(AsyncApi.CLIENT).forEach(name -> expected.put("receive" + name.substring(6), name));
        DOCUMENT.messages(AsyncApi.SERVER).forEach(name -> expected.put("send" + name.substring(6), name));
        assertEquals(messages(), new TreeSet<>(expected.values()));
        Map<String, String> found = new TreeMap<>();
        at("/operations").forEachEntry((key, operation) -> {
            assertTrue(key.startsWith(operation.get("action").asString()), key);
            assertEquals(CHANNEL, operation.at("/channel/$ref").asString());
            assertEquals(1, operation.get("messages").size());
            String message = operation.at("/messages/0/$ref").asString();
            assertTrue(message.startsWith(CHANNEL + "/messages/"));
            found.put(key, message.substring(message.lastIndexOf('/') + 1));
        });
        assertEquals(expected, found);
    }

    @Test
    void describesTheRepliesToEachClientEnvelope() {
        at("/operations").forEachEntry((key, operation) -> {
            assertEquals(key.startsWith("receive"), operation.has("reply"), key);
            if (operation.has("reply")) {
                assertEquals(CHANNEL, operation.at("/reply/channel/$ref").asString());
                Set<String> replies = refs(operation.at("/reply/messages"));
                assertTrue(replies.size() >= 2, key);
                assertTrue(replies.contains(CHANNEL + "/messages/ServerError"), key);
                replies.forEach(reply -> assertTrue(reply.startsWith(CHANNEL + "/messages/Server"), reply));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void describesAMessage(String name) {
        JsonNode message = DOCUMENT.message(name);
        assertEquals(name, message.get("name").asString());
        assertFalse(message.get("summary").asString().isEmpty());
        assertEquals("application/json", message.get("contentType").asString());
        assertEquals("#/components/schemas/" + name, message.at("/payload/$ref").asString());
        assertEquals(DOCUMENT.fields(name).containsKey("ref"), message.has("correlationId"));
        assertTrue(DOCUMENT.required(name).contains("type"));
        assertTrue(DOCUMENT.fields(name).keySet().containsAll(DOCUMENT.required(name)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void describesEveryField(String name) {
        DOCUMENT.fields(name).forEach((field, schema) -> {
            assertFalse(schema.path("description").asString("").isEmpty(), field);
            assertFalse(schema.path("type").asString("").isEmpty(), field);
            if (schema.get("type").asString().equals("integer")) {
                assertTrue(schema.has("maximum") || schema.has("enum") || schema.has("const"), field);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void showsEveryFieldInAnExample(String name) {
        Set<String> shown = new TreeSet<>();
        for (JsonNode example : DOCUMENT.examples(name)) {
            assertEquals(List.of(), DOCUMENT.errors(name, example), example::toString);
            shown.addAll(example.propertyNames());
        }
        assertEquals(DOCUMENT.fields(name).keySet(), shown);
    }

    @Test
    void describesTheParametersOfTheUrl() {
        JsonNode query = at("/channels/channel/bindings/ws/query");
        assertEquals("object", query.get("type").asString());
        assertEquals(
                Set.of("heartbeat", "since"), Set.copyOf(query.get("properties").propertyNames()));
    }

    @Test
    void namesEveryCloseCode() {
        String text = at("/channels/channel/description").asString();
        Set<String> described = new HashSet<>();
        for (JsonNode code : at("/channels/channel/x-close-codes")) {
            int number = code.get("code").asInt();
            described.add(number + " " + code.get("name").asString());
            String line = "- " + number + " " + code.get("description").asString();
            assertTrue(text.lines().anyMatch(line::equals), line);
            if (number >= 4000) {
                assertEquals(number < 4500, code.get("reconnect").asBoolean(), line);
            }
        }
        assertEquals(
                Arrays.stream(CloseCode.values())
                        .map(code -> code.number() + " " + code.name())
                        .collect(Collectors.toSet()),
                described);
    }

    @Test
    void namesEveryErrorCode() {
        JsonNode schema = DOCUMENT.fields("ServerError").get("code");
        assertEquals(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::number).toList(),
                schema.get("enum").valueStream().map(JsonNode::asInt).toList());
        List<String> meanings = List.of(schema.get("description").asString().split("; ", -1));
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(meanings.stream().anyMatch(text -> text.startsWith(code.number() + " ")), code::name);
        }
    }

    @Test
    void namesEveryErrorReason() {
        JsonNode schema = DOCUMENT.fields("ServerError").get("reason");
        assertEquals(
                Arrays.stream(ErrorReason.values()).map(ErrorReason::wireName).toList(),
                schema.get("enum").valueStream().map(JsonNode::asString).toList());
        assertEquals(
                ErrorReason.values().length,
                Set.copyOf(schema.get("enum").valueStream().toList()).size());
        String text = schema.get("description").asString();
        for (ErrorReason reason : ErrorReason.values()) {
            assertTrue(
                    text.contains(" " + reason.wireName() + " (" + reason.code().number()), reason::name);
        }
        assertTrue(DOCUMENT.required("ServerError").contains("reason"));
    }

    @Test
    void namesTheStates() {
        String text = at("/info/description").asString();
        for (String state : List.of("anonymous", "pending", "authenticated")) {
            assertTrue(text.contains(state), state);
        }
    }
}
