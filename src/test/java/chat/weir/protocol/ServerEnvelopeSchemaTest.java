package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope.Connection;
import chat.weir.protocol.ServerEnvelope.Done;
import chat.weir.protocol.ServerEnvelope.Heartbeat;
import chat.weir.protocol.ServerEnvelope.Identity;
import chat.weir.protocol.ServerEnvelope.Left;
import chat.weir.protocol.ServerEnvelope.LoggedOut;
import chat.weir.protocol.ServerEnvelope.Pong;
import chat.weir.protocol.ServerEnvelope.Private;
import chat.weir.protocol.frame.Frame;
import chat.weir.testing.AsyncApi;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the schemas of server envelopes in the document with the encoder. */
class ServerEnvelopeSchemaTest {
    private static final AsyncApi DOCUMENT = AsyncApi.read();
    private static final JsonMapper JSON = new JsonMapper();
    private static final ChannelId BOATS = ChannelId.open("boats");

    /** Envelopes about the client itself, or with their own channel field. */
    private static final Set<Class<?>> NOT_TOLD_IN_A_CHANNEL = Set.of(
            Connection.class,
            Heartbeat.class,
            Identity.class,
            ServerEnvelope.Auth.class,
            Pong.class,
            Private.class,
            Left.class,
            LoggedOut.class,
            Done.class);

    private final JsonCodec codec = new JsonCodec();
    private final Map<String, List<ServerEnvelope>> variants = ServerEnvelopes.variants();

    static Set<String> messages() {
        return DOCUMENT.messages(AsyncApi.SERVER);
    }

    /** Both forms: without a channel, and with the channel for members that have joined it. */
    private List<JsonNode> encoded(ServerEnvelope envelope) {
        List<JsonNode> all = new ArrayList<>();
        all.add(json(codec.encode(envelope)));
        if (!NOT_TOLD_IN_A_CHANNEL.contains(envelope.getClass())) {
            all.add(json(codec.encode(envelope, BOATS)));
        }
        return all;
    }

    private static JsonNode json(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.length());
        frame.putInto(bytes);
        int header = frame.length() <= 127 ? 2 : 4;
        return JSON.readTree(new String(bytes.array(), header, frame.length() - header, StandardCharsets.UTF_8));
    }

    @Test
    void describesEveryRecord() {
        assertEquals(messages(), new TreeSet<>(variants.keySet()));
        assertEquals(
                Set.of(ServerEnvelope.class.getPermittedSubclasses()),
                variants.values().stream()
                        .flatMap(List::stream)
                        .map(Object::getClass)
                        .collect(Collectors.toSet()));
    }

    @Test
    void coversAllVariantsOfEveryRecord() {
        int optional = 0;
        for (Class<?> type : ServerEnvelope.class.getPermittedSubclasses()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Set<Object> values = values(type, component);
                String what = type.getSimpleName() + "." + component.getName();
                if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    optional++;
                    assertTrue(values.remove(null), what + " is never absent");
                    assertFalse(values.isEmpty(), what + " is never there");
                }
                assertTrue(values.containsAll(possible(component.getType())), what + " is only " + values);
            }
        }
        assertTrue(optional > 10);
    }

    private Set<Object> values(Class<?> type, RecordComponent component) {
        Set<Object> values = new HashSet<>();
        variants.values().stream()
                .flatMap(List::stream)
                .filter(type::isInstance)
                .forEach(envelope -> values.add(Components.value(envelope, component)));
        return values;
    }

    private static Set<Object> possible(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Set.of(true, false);
        }
        return type.isEnum() ? Set.copyOf(Arrays.asList(type.getEnumConstants())) : Set.of();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isEncodedAsDocumented(String message) {
        for (ServerEnvelope envelope : variants.get(message)) {
            for (JsonNode json : encoded(envelope)) {
                assertEquals(List.of(), DOCUMENT.errors(message, json), json::toString);
                assertEquals(Set.of(message), DOCUMENT.fitting(AsyncApi.SERVER, json), json::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasEveryDocumentedField(String message) {
        List<JsonNode> all = variants.get(message).stream()
                .flatMap(envelope -> encoded(envelope).stream())
                .toList();
        for (String field : DOCUMENT.fields(message).keySet()) {
            assertTrue(all.stream().anyMatch(json -> json.has(field)), field + " is never written");
            assertEquals(
                    DOCUMENT.required(message).contains(field),
                    all.stream().allMatch(json -> json.has(field)),
                    field + " is required, or is not");
        }
    }

    @Test
    void allowsAdditionalFields() {
        assertFalse(DOCUMENT.root().at("/components/schemas").toString().contains("additionalProperties"));
        JsonNode more = JSON.readTree("{\"type\":\"pong\",\"connection\":\"x\",\"timestamp\":1,\"more\":1}");
        assertFalse(DOCUMENT.errors("ServerPong", more).isEmpty(), "tests reject additional fields");
    }

    /** Every documented enum value can occur. */
    @ParameterizedTest
    @MethodSource("messages")
    void hasEveryDocumentedValue(String message) {
        DOCUMENT.fields(message).forEach((field, schema) -> {
            Set<JsonNode> written = variants.get(message).stream()
                    .flatMap(envelope -> encoded(envelope).stream())
                    .map(json -> json.path(field))
                    .collect(Collectors.toSet());
            schema.path("enum").forEach(value -> assertTrue(written.contains(value), field + " is never " + value));
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void matchesNoOtherMessage(String message) {
        for (JsonNode example : DOCUMENT.examples(message)) {
            assertEquals(Set.of(message), DOCUMENT.fitting(AsyncApi.SERVER, example), example::toString);
        }
    }
}
