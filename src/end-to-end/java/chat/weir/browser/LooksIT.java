package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes screenshots of the main views, wide and narrow, light and dark, for visual inspection. */
class LooksIT {
    @TempDir
    private Path directory;

    private static void show(Visitor visitor, String view) {
        for (boolean isDark : new boolean[] {false, true}) {
            visitor.prefersDark(isDark);
            takeScreenshot(visitor, view, 1_280, 800, isDark);
            takeScreenshot(visitor, view, 360, 740, isDark);
        }
        visitor.resize(320, 640);
        assertFits(visitor, 320);
        visitor.resize(1_280, 800);
    }

    private static void takeScreenshot(Visitor visitor, String view, int width, int height, boolean isDark) {
        visitor.resize(width, height);
        assertFits(visitor, width);
        visitor.screenshot(view + (width > 800 ? "-wide" : "-narrow") + (isDark ? "-dark" : "-light"));
    }

    /** Nothing is wider than the screen, and every control is large enough for a finger. */
    private static void assertFits(Visitor visitor, int width) {
        visitor.awaits(
                () -> visitor.script(Number.class, "return document.documentElement.scrollWidth")
                                .intValue()
                        <= width,
                is(true));
        String small = visitor.script(String.class, """
                return [...document.querySelectorAll('button, a:not(.skip), input:not([type=radio]), select, textarea')]
                  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
                  .filter((e) => e.offsetHeight < 40 || e.offsetWidth < 40)
                  .map((e) => e.outerHTML.slice(0, 100)).join()
                """);
        assertTrue(small.isEmpty(), small);
    }

    @Test
    void ofTheMainViews() {
        try (Chat chat = Chat.start(directory);
                Visitor root = Visitor.at(chat, "#fishing");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            start(root);
            chat(root, bob);
            showOtherViews(root, bob);
            chat.kill();
            root.sees("#countdown", containsString("Trying again in"));
            root.say("are you there?");
            show(root, "lost");
            root.expects(".*ERR_CONNECTION_REFUSED.*");
            bob.expects(".*ERR_CONNECTION_REFUSED.*");
        }
    }

    private static void start(Visitor root) {
        root.reload();
        root.awaits(() -> root.isShown("#channels li"), is(true));
        show(root, "start");
        root.fill("#name", "two words");
        root.press("#go");
        root.sees("#name-error", containsString("no spaces"));
        show(root, "error");
        root.enter("login", Chat.ADMIN, Chat.PASSWORD);
        root.awaitChat();
    }

    private static void chat(Visitor root, Visitor bob) {
        root.sees("#users .who", is("bob|root"));
        bob.say("anything biting?");
        root.say("A pike, this long. It took the whole morning, and when I had it at the boat it looked at me.");
        bob.say("and then?");
        bob.say("https://example.org/" + "a-very-long-address-without-any-place-to-break-it".repeat(4));
        root.say("I let it go");
        root.awaits(() -> root.messages().size(), is(5));
        bob.type("no");
        root.sees("#typing", is("bob is typing …"));
        show(root, "chat");
    }

    private static void showOtherViews(Visitor root, Visitor bob) {
        root.choose("bob", "Mute …");
        show(root, "moderation");
        root.pressNamed("dialog[open] button", "Cancel");
        root.choose("bob", "Private chat");
        root.say("by the old mill");
        bob.sees("#conversations .badge", containsString("1"));
        show(root, "private");
        show(bob, "unread");
        bob.prefersDark(false);
        bob.resize(360, 740);
        bob.press("#open-side");
        bob.awaits(() -> bob.isShown("#side.open"), is(true));
        bob.screenshot("drawer-narrow-light");
        bob.press("#side .close");
    }
}
