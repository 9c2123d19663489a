package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.AsyncApi;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Compares the schemas of client envelopes in the document with the decoder. */
class ClientEnvelopeSchemaTest {
    private static final AsyncApi DOCUMENT = AsyncApi.read();
    private static final JsonMapper JSON = new JsonMapper();

    /** The fields whose bounds the decoder checks; handlers check the others. */
    private static final Set<String> BOUND_BY_THE_CODEC =
            Set.of("ref", "channel", "room", "id", "replyTo", "before", "after", "limit");

    private final JsonCodec codec = new JsonCodec();

    static Set<String> messages() {
        return DOCUMENT.messages(AsyncApi.CLIENT);
    }

    private ClientEnvelope decode(JsonNode envelope) {
        byte[] utf8 = envelope.toString().getBytes(StandardCharsets.UTF_8);
        return codec.decode(utf8, 0, utf8.length);
    }

    private String refusal(JsonNode envelope) {
        ChatException refusal = assertThrows(ChatException.class, () -> decode(envelope), envelope::toString);
        assertEquals(ErrorCode.MALFORMED, refusal.code());
        return refusal.text();
    }

    /** The record of a message, such as {@code Auth} for {@code ClientAuthByToken}. */
    private static Class<?> recordOf(String message) {
        return Arrays.stream(ClientEnvelope.class.getPermittedSubclasses())
                .filter(type -> message.startsWith(AsyncApi.CLIENT + type.getSimpleName()))
                .max(Comparator.comparingInt(type -> type.getSimpleName().length()))
                .orElseThrow(() -> new AssertionError(message + " is named for no record"));
    }

    private static Stream<JsonNode> examplesWith(String message, String field) {
        return DOCUMENT.examples(message).stream().filter(example -> example.has(field));
    }

    private static JsonNode with(JsonNode example, String field, JsonNode value) {
        ObjectNode changed = example.deepCopy().asObject();
        changed.set(field, value);
        return changed;
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesItsExamples(String message) {
        for (JsonNode example : DOCUMENT.examples(message)) {
            ClientEnvelope envelope = decode(example);
            assertEquals(recordOf(message), envelope.getClass());
            assertEquals(DOCUMENT.type(message), envelope.type());
            assertEquals(example.path("ref").asString(""), envelope.ref() == null ? "" : envelope.ref());
            assertEquals(List.of(), DOCUMENT.errors(message, example), example::toString);
        }
    }

    @Test
    void describesEveryRecord() {
        List<ClientEnvelope> decoded = messages().stream()
                .flatMap(message -> DOCUMENT.examples(message).stream())
                .map(this::decode)
                .toList();
        assertEquals(
                Set.of(ClientEnvelope.class.getPermittedSubclasses()),
                decoded.stream().map(Object::getClass).collect(Collectors.toSet()));
        Map<Class<?>, Set<Class<?>>> parts = new TreeMap<>(Comparator.comparing(Class::getName));
        decoded.forEach(envelope -> addSealedParts(envelope, parts));
        assertEquals(Set.of(Credentials.class, RequestedScope.class), parts.keySet());
        parts.forEach((type, seen) -> assertEquals(Set.of(type.getPermittedSubclasses()), seen));
    }

    private static void addSealedParts(ClientEnvelope envelope, Map<Class<?>, Set<Class<?>>> parts) {
        for (RecordComponent component : envelope.getClass().getRecordComponents()) {
            if (component.getType().isSealed()) {
                parts.computeIfAbsent(component.getType(), type -> new HashSet<>())
                        .add(Components.value(envelope, component).getClass());
            }
        }
    }

    @Test
    void describesEveryKnownType() {
        String known = refusal(JSON.readTree("{\"type\":\"no such type\"}"));
        assertEquals(
                Set.of(known.substring(known.indexOf("types are ") + 10).split(", ")),
                messages().stream().map(DOCUMENT::type).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void requiresTheRequiredFields(String message) {
        for (JsonNode example : DOCUMENT.examples(message)) {
            for (String field : DOCUMENT.required(message)) {
                ObjectNode without = example.deepCopy().asObject();
                without.remove(field);
                assertFalse(DOCUMENT.errors(message, without).isEmpty(), without::toString);
                assertTrue(refusal(without).endsWith(" is missing"), without::toString);
            }
            for (String field : example.propertyNames()) {
                if (!DOCUMENT.required(message).contains(field)) {
                    ObjectNode without = example.deepCopy().asObject();
                    without.remove(field);
                    assertEquals(List.of(), DOCUMENT.errors(message, without));
                    assertEquals(recordOf(message), decode(without).getClass());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesValuesOfOtherTypes(String message) {
        for (String field : DOCUMENT.fields(message).keySet()) {
            JsonNode example = examplesWith(message, field)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(message + " has no example with " + field));
            for (String other : List.of("{}", "[]", "1.5")) {
                JsonNode changed = with(example, field, JSON.readTree(other));
                assertFalse(DOCUMENT.errors(message, changed).isEmpty(), changed::toString);
                assertTrue(refusal(changed).startsWith(field + " "), changed::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void treatsNullAsAbsent(String message) {
        for (JsonNode example : DOCUMENT.examples(message)) {
            for (String field : DOCUMENT.fields(message).keySet()) {
                JsonNode changed = with(example, field, NullNode.getInstance());
                if (DOCUMENT.required(message).contains(field)) {
                    assertTrue(refusal(changed).endsWith(" is missing"), changed::toString);
                } else {
                    ObjectNode without = example.deepCopy().asObject();
                    without.remove(field);
                    assertEquals(decode(without), decode(changed));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void acceptsEverySpellingOfAWholeNumber(String message) {
        DOCUMENT.fields(message).forEach((field, schema) -> {
            if (schema.get("type").asString().equals("integer")) {
                JsonNode example = examplesWith(message, field).findFirst().orElseThrow();
                String asWritten = "\"" + field + "\":" + example.get(field);
                for (String ten : List.of("10.0", "1e1", "1.0E+1", "100e-1", "10.000")) {
                    assertEquals(
                            decode(with(example, field, IntNode.valueOf(10))),
                            decodeText(example.toString().replace(asWritten, "\"" + field + "\":" + ten)));
                }
                for (String other : List.of("10.5", "1e-1", "1e400", "1e999999999", "1e99999999999", "1".repeat(300))) {
                    String text = example.toString().replace(asWritten, "\"" + field + "\":" + other);
                    ChatException refusal = assertThrows(ChatException.class, () -> decodeText(text), text);
                    assertEquals(ErrorReason.INVALID_VALUE, refusal.reason(), text);
                }
            }
        });
    }

    private ClientEnvelope decodeText(String envelope) {
        byte[] utf8 = envelope.getBytes(StandardCharsets.UTF_8);
        return codec.decode(utf8, 0, utf8.length);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void ignoresUndocumentedFields(String message) {
        Set<String> described = messages().stream()
                .filter(other -> DOCUMENT.type(other).equals(DOCUMENT.type(message)))
                .flatMap(other -> DOCUMENT.fields(other).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> others = Arrays.stream(EnvelopeFields.Field.values())
                .map(EnvelopeFields.Field::wireName)
                .collect(Collectors.toSet());
        assertTrue(others.containsAll(described), described::toString);
        others.removeAll(described);
        for (JsonNode example : DOCUMENT.examples(message)) {
            for (String field : others) {
                JsonNode changed = with(example, field, JSON.createObjectNode());
                assertEquals(List.of(), DOCUMENT.errors(message, changed));
                assertEquals(decode(example), decode(changed));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasTheDocumentedBounds(String message) {
        DOCUMENT.fields(message).forEach((field, schema) -> {
            JsonNode example = examplesWith(message, field).findFirst().orElseThrow();
            if (schema.has("maximum")) {
                long min = schema.get("minimum").asLong();
                long max = schema.get("maximum").asLong();
                checkBound(message, with(example, field, LongNode.valueOf(min)), field, LongNode.valueOf(min - 1));
                checkBound(message, with(example, field, LongNode.valueOf(max)), field, LongNode.valueOf(max + 1));
            } else if (schema.has("maxLength")) {
                int max = schema.get("maxLength").asInt();
                int min = schema.path("minLength").asInt(0);
                JsonNode longest = with(example, field, letters(max));
                checkBound(message, longest, field, letters(max + 1));
                assertEquals(
                        min == 0,
                        DOCUMENT.errors(message, with(longest, field, letters(0)))
                                .isEmpty());
            }
            schema.path("enum")
                    .forEach(value -> assertEquals(
                            recordOf(message),
                            decode(with(example, field, value)).getClass()));
        });
    }

    private static JsonNode letters(int count) {
        return StringNode.valueOf("a".repeat(count));
    }

    /** Values within the bounds are accepted. Values beyond them are not, if it is the decoder that checks them. */
    private void checkBound(String message, JsonNode within, String field, JsonNode beyond) {
        assertEquals(List.of(), DOCUMENT.errors(message, within), within::toString);
        assertEquals(recordOf(message), decode(within).getClass());
        JsonNode changed = with(within, field, beyond);
        assertFalse(DOCUMENT.errors(message, changed).isEmpty(), changed::toString);
        if (BOUND_BY_THE_CODEC.contains(field)) {
            assertFalse(refusal(changed).isEmpty());
        }
    }

    @Test
    void pagesInOneDirectionOnly() {
        JsonNode both =
                with(examplesWith("ClientHistory", "before").findFirst().orElseThrow(), "after", IntNode.valueOf(1));
        assertFalse(DOCUMENT.errors("ClientHistory", both).isEmpty());
        assertEquals("before and after cannot be combined", refusal(both));
    }

    @Test
    void documentsThePageSize() {
        JsonNode limit = DOCUMENT.fields("ClientHistory").get("limit");
        assertEquals(ClientEnvelope.History.DEFAULT_LIMIT, limit.get("default").asInt());
        assertEquals(ClientEnvelope.History.MAX_LIMIT, limit.get("maximum").asInt());
    }
}
