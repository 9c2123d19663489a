package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

/**
 * The events that a client should receive in a channel before the next comparison.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ExpectedEvents {
    private final List<String> events = new ArrayList<>();
    private final List<String> possible = new ArrayList<>();
    private final List<MessageEvent> messages = new ArrayList<>();

    /** @param certain false if the event depends on the order of heartbeats within one second */
    void event(String text, boolean certain) {
        (certain ? events : possible).add(text);
    }

    /** A message or a change. */
    void message(MessageEvent event) {
        messages.add(event);
    }

    /** Messages and their changes must be in order. Other events may be in any order, because the view already rejects contradictions. */
    void compareWith(ChannelView view) {
        assertIterableEquals(messages, view.messages(), "messages and changes");
        List<String> missing = new ArrayList<>(events);
        List<String> unexpected = new ArrayList<>();
        for (String received : view.events()) {
            if (!missing.remove(received)) {
                unexpected.add(received);
            }
        }
        possible.forEach(unexpected::remove);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            fail("missing events " + missing + ", unexpected events " + unexpected);
        }
    }

    void clear() {
        events.clear();
        possible.clear();
        messages.clear();
    }
}
