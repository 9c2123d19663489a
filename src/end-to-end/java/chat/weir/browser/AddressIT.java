package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address names the channel that is shown, whatever the user typed. */
class AddressIT {
    @TempDir
    private Path directory;

    private static void isAt(Visitor visitor, String channel) {
        visitor.sees("#title", is(channel));
        visitor.awaits(() -> visitor.script(String.class, "return location.hash"), is("#" + channel));
    }

    @Test
    void isNormalized() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            alice.go("#/fishing/");
            isAt(alice, "fishing");
            alice.go("#lakes%2Fnorth");
            isAt(alice, "lakes/north");
            alice.go("#a%20b");
            alice.sees("#status-text", containsString("A channel has letters, digits"));
            isAt(alice, "lakes/north");
        }
    }

    @Test
    void isFollowedToTheLastChange() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            for (int round = 0; round < 4; round++) {
                String last = "pond" + round + "-9";
                alice.script(Object.class, """
                        for (let i = 0; i < 10; i++) {
                          setTimeout(() => { location.hash = `#pond${arguments[0]}-${i}`; }, i * 3);
                        }
                        """, round);
                alice.sees("#conversations .label", containsString(last));
                isAt(alice, last);
            }
        }
    }
}
