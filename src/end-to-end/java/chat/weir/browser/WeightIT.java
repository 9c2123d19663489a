package chat.weir.browser;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes that the page loads, headers included, until it is usable and until the user can chat. */
class WeightIT {
    private static final int MOST_BYTES = 50_000;
    private static final int MOST_BYTES_TO_CHAT = 60_000;

    @TempDir
    private Path directory;

    @Test
    void ofThePageIsSmall() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "")) {
            alice.awaits(() -> alice.isShown("#go"), is(true));
            assertLight(alice, MOST_BYTES, "the start page");
            alice.go("?chat#fishing");
            alice.enter("alice");
            alice.say("hello");
            alice.awaitMessages("hello");
            assertLight(alice, MOST_BYTES_TO_CHAT, "the chat");
        }
    }

    private static void assertLight(Visitor visitor, int most, String what) {
        int bytes = visitor.script(Number.class, """
                        return performance.getEntries().reduce((sum, { transferSize = 0 }) => sum + transferSize, 0)
                        """).intValue();
        assertTrue(bytes > 1_000 && bytes < most, what + " takes " + bytes + " bytes");
    }
}
