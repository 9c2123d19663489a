package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a channel in their current state, as a client knows them from the events that it has received, or as the
 * server has them. Fails on an event that contradicts the events before it.
 *
 * <p>Threading: confined to one thread at a time.
 */
public final class ShownMessages {
    /** The current texts by id. */
    private final SortedMap<Long, String> texts = new TreeMap<>();

    /** The names by id and emoji. */
    private final SortedMap<Long, SortedMap<String, TreeSet<String>>> reactions = new TreeMap<>();

    /** The ids by the first text, also of deleted messages. */
    private final Map<String, TreeSet<Long>> ids = new HashMap<>();

    private long lastSeq;

    /** Reads the complete history of a channel. */
    public static ShownMessages ofHistory(int port, String path) {
        ShownMessages messages = new ShownMessages();
        try (TestClient client = TestClient.open(port, path + "?heartbeat=pong")) {
            client.expect("connection");
            JsonNode page;
            do {
                client.send("{'type':'history','limit':100,'after':" + messages.lastSeq + "}");
                page = client.await("history");
                page.get("messages").forEach(messages::addWithReactions);
            } while (page.has("next"));
        }
        return messages;
    }

    private void addWithReactions(JsonNode message) {
        apply("message", message);
        message.path("reactions")
                .properties()
                .forEach(emoji -> emoji.getValue()
                        .forEach(name -> react(message.get("id").asLong(), emoji.getKey(), name.asString(), true)));
    }

    /** Applies a message or a change, and ignores other envelopes. The numbers must rise. */
    void receive(JsonNode envelope) {
        String type = envelope.get("type").asString();
        boolean isMessage = type.equals("message");
        if (isMessage || envelope.has("seq")) {
            apply(type, envelope);
        }
    }

    private void apply(String type, JsonNode event) {
        long id = event.get("id").asLong();
        long seq = event.path("seq").asLong(id);
        assertTrue(seq > lastSeq, () -> event + " after " + lastSeq);
        lastSeq = seq;
        if (type.equals("message")) {
            String text = event.get("text").asString();
            texts.put(id, text);
            ids.computeIfAbsent(withoutVersion(text), key -> new TreeSet<>()).add(id);
        } else if (type.equals("delete")) {
            texts.remove(id);
            reactions.remove(id);
        } else if (texts.containsKey(id)) {
            change(type, id, event);
        }
    }

    private void change(String type, long id, JsonNode event) {
        if (type.equals("edit")) {
            String text = event.get("text").asString();
            String before = texts.put(id, text);
            assertTrue(
                    before != null && version(text) >= version(before),
                    () -> event + " must not follow the text " + before);
        } else {
            react(id, event.get("emoji").asString(), event.get("user").asString(), type.equals("react"));
        }
    }

    private void react(long id, String emoji, String name, boolean isAdded) {
        TreeSet<String> names =
                reactions.computeIfAbsent(id, key -> new TreeMap<>()).computeIfAbsent(emoji, key -> new TreeSet<>());
        boolean fits = isAdded ? names.add(name) : names.remove(name);
        assertTrue(
                fits, () -> name + " already has " + (isAdded ? "" : "not ") + "reacted to " + id + " with " + emoji);
        if (names.isEmpty()) {
            reactions.get(id).remove(emoji);
        }
    }

    /** A text with the number of edits. */
    static String versioned(String text, int version) {
        return text + " v" + version;
    }

    private static int version(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(" v") + 2));
    }

    private static String withoutVersion(String text) {
        return text.substring(0, text.lastIndexOf(" v"));
    }

    long lastSeq() {
        return lastSeq;
    }

    /** The ids of all messages that exist. */
    Iterable<Long> existing() {
        return texts.keySet();
    }

    String text(long id) {
        return texts.getOrDefault(id, "none");
    }

    boolean hasReacted(long id, String emoji, String name) {
        return reactions
                .getOrDefault(id, new TreeMap<>())
                .getOrDefault(emoji, new TreeSet<>())
                .contains(name);
    }

    /** How many messages have the same first text as another one before them, deleted ones included. */
    public int doubled() {
        return ids.values().stream().mapToInt(all -> all.size() - 1).sum();
    }

    public int size() {
        return texts.size();
    }

    /** Checks that both have the same messages in the same state. */
    public void assertEqualTo(ShownMessages other, String whose) {
        assertEquals(texts, other.texts, whose);
        reactions.values().removeIf(Map::isEmpty);
        other.reactions.values().removeIf(Map::isEmpty);
        assertEquals(reactions, other.reactions, whose);
    }
}
