package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryIT extends ChatPage {
    private static final int SAID = 45;

    @BeforeEach
    void sendMessages() {
        // Each has several lines, so that ten do not fit on the screen.
        IntStream.range(0, SAID).forEach(i -> chat.say("fishing", "weather", i + "\\n\\n\\nforecast"));
    }

    private static List<String> last(int count) {
        return IntStream.range(SAID - count, SAID)
                .mapToObj(i -> i + "\n\n\nforecast")
                .toList();
    }

    @Test
    void loadsTenOlderMessagesOnScrollingUp() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            for (int shown = 10; shown < SAID; shown += 10) {
                alice.awaits(alice::messages, is(last(shown)));
                assertFalse(alice.isShown("#messages .beginning"));
                assertEquals(0, jumpOf(alice), "the view has jumped");
            }
            alice.awaits(alice::messages, is(last(SAID)));
            alice.sees("#messages .beginning", containsString("beginning"));
        }
    }

    /** Scrolls to the top. @return by how many pixels the first message moves when older ones are added above */
    private static int jumpOf(Visitor alice) {
        int before = alice.messages().size();
        alice.script(Object.class, """
                const log = document.getElementById('log');
                log.scrollTop = 0;
                window.first = document.querySelector('.text');
                window.firstAt = window.first.getBoundingClientRect().top;
                """);
        alice.awaits(() -> alice.messages().size(), not(is(before)));
        return alice.script(
                        Number.class, "return Math.round(window.first.getBoundingClientRect().top - window.firstAt)")
                .intValue();
    }

    @Test
    void keepsTheVisibleMessagesInPlaceAndOffersNewOnes() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.awaits(alice::messages, is(last(10)));
            alice.script(Object.class, "document.getElementById('log').scrollTop -= 300");
            // Loaded before the top is reached, but no more than needed.
            alice.awaits(alice::messages, is(last(20)));
            alice.awaits(() -> alice.isShown("#newer"), is(false));
            int before = top(alice);
            chat.say("fishing", "weather", "storm");
            alice.awaits(() -> alice.isShown("#newer"), is(true));
            assertEquals(before, top(alice));
            alice.press("#newer");
            alice.awaits(() -> alice.isShown("#newer"), is(false));
            chat.say("fishing", "weather", "sun");
            alice.awaits(
                    () -> alice.script(Number.class, """
                            const log = document.getElementById('log');
                            return Math.round(log.scrollHeight - log.scrollTop - log.clientHeight)
                            """).intValue() <= 1
                            && alice.messages().contains("sun"),
                    is(true));
        }
    }

    /** The position of a message on the screen. */
    private static int top(Visitor visitor) {
        return visitor.script(
                        Number.class,
                        "return Math.round(document.querySelector('#messages li:nth-child(5)').getBoundingClientRect().top)")
                .intValue();
    }
}
