package chat.weir.browser;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurstIT {
    private static final int MESSAGES = 300;

    @TempDir
    private Path directory;

    /** Rendering costs time for each row: rendering after each of hundreds of messages would take minutes. */
    @Test
    void isRenderedTogether() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            chat.say("fishing", "weather", "calm");
            alice.awaitMessages("calm");
            alice.script(Object.class, """
                    window.showings = 0;
                    new MutationObserver(() => { window.showings++; })
                      .observe(document.getElementById('messages'), { childList: true });
                    setTimeout(() => { for (const end = Date.now() + 4000; Date.now() < end;); });
                    """);
            for (int i = 1; i <= MESSAGES; i++) {
                chat.say("fishing", "weather", "storm " + i);
            }
            alice.awaits(alice::messages, hasItem("storm " + MESSAGES));
            assertThat(alice.script(Number.class, "return window.showings").intValue(), lessThan(MESSAGES / 2));
        }
    }
}
