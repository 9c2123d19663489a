package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a channel that a client shows, in the state that follows from what it has received. A client keeps it
 * when it loses its connection.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ChannelPicture {
    private final Map<Long, MessageState> messages = new TreeMap<>();

    ChannelPicture() {}

    ChannelPicture(ChannelPicture other) {
        other.messages.forEach((id, message) -> messages.put(id, new MessageState(message)));
    }

    /** The messages of a history page. */
    static ChannelPicture of(JsonNode page) {
        ChannelPicture picture = new ChannelPicture();
        page.forEach(message -> {
            MessageState state = MessageState.ofHistory(message);
            picture.messages.put(state.id, state);
        });
        return picture;
    }

    /** Applies an event. Changes of messages that the client does not show are ignored. */
    void apply(MessageEvent event) {
        if (event.isDeletion()) {
            messages.remove(event.id());
        } else if (event.isMessage()) {
            messages.put(event.id(), new MessageState(event));
        } else if (messages.containsKey(event.id())) {
            messages.get(event.id()).apply(event);
        }
    }

    /**
     * Compares with the server's messages.
     *
     * @param knownAfter the client knows all messages with larger ids
     * @param ignored the keys of users whom the client has ever blocked: it may have missed some of their events
     */
    void compareWith(ModelLog log, long knownAfter, Set<String> ignored) {
        long expected = 0;
        for (ModelLog.SentMessage sent :
                log.messages().tailMap(knownAfter, false).values()) {
            MessageState message = sent.state();
            if (!ignored.contains(ChannelView.key(message.user))) {
                MessageState shown = messages.get(message.id);
                String description = shown == null ? "missing" : shown.describe(ignored);
                assertEquals(message.describe(ignored), description, "a message that the client shows");
                expected++;
            }
        }
        List<Long> all = messages.values().stream()
                .filter(message -> !log.isEvicted(message.id))
                .filter(message -> !ignored.contains(ChannelView.key(message.user)))
                .map(message -> message.id)
                .toList();
        assertEquals(expected, all.size(), () -> "the client shows other messages too: " + all);
    }
}
