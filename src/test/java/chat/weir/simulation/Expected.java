package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client should hear in a channel until the next rest.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Expected {
    private final List<String> news = new ArrayList<>();
    private final List<String> possible = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    /** @param certain false: it depends on who came first within one second of heartbeats */
    void news(String text, boolean certain) {
        (certain ? news : possible).add(text);
    }

    void message(String text) {
        messages.add(text);
    }

    /** Messages in their order; all else in any, since a view notices where the order makes no sense. */
    void compareWith(View view) {
        assertEquals(messages, view.messages(), "messages");
        List<String> missing = new ArrayList<>(news);
        List<String> tooMuch = new ArrayList<>();
        for (String heard : view.news()) {
            if (!missing.remove(heard)) {
                tooMuch.add(heard);
            }
        }
        possible.forEach(tooMuch::remove);
        if (!missing.isEmpty() || !tooMuch.isEmpty()) {
            fail("has not heard " + missing + " and should not have heard " + tooMuch);
        }
    }

    void turnPage() {
        news.clear();
        possible.clear();
        messages.clear();
    }
}
