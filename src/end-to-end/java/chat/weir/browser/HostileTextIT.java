package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text of other users stays text, wherever the page shows it. */
class HostileTextIT extends ChatPage {
    private static final String IMAGE = "<img src=x onerror=\"window.ran=true\">";

    private static void assertNoScriptRan(Visitor visitor) {
        visitor.awaits(() -> visitor.script(Boolean.class, """
                        return window.ran === undefined && document.querySelector('[onerror], img[src=x]') === null
                        """), is(true));
    }

    @Test
    void asAMessage() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.say(IMAGE);
            bob.awaitMessages(IMAGE);
            alice.awaitMessages(IMAGE);
            bob.reload();
            bob.awaitMessages(IMAGE);
            assertNoScriptRan(alice);
            assertNoScriptRan(bob);
        }
    }

    @Test
    void asAChannelAndAsAName() {
        try (Visitor bob = Visitor.at(
                chat, "#" + URLEncoder.encode(IMAGE, StandardCharsets.UTF_8).replace("+", "%20"))) {
            bob.awaits(() -> bob.script(String.class, "return document.getElementById('channel').value"), is(IMAGE));
            bob.fill("#name", IMAGE);
            bob.press("#go");
            bob.sees("#channel-error", containsString("letters, digits"));
            bob.sees("#name-error", containsString("letters, digits"));
            bob.fill("#channel", "onerror.window.ran~img-src_x");
            bob.enter("img.src-x_onerror.alert.1");
            bob.sees("#title", is("onerror.window.ran~img-src_x"));
            bob.sees("#users .who", is("img.src-x_onerror.alert.1"));
            bob.press("#join");
            bob.fill("dialog[open] input", IMAGE);
            bob.confirm();
            bob.sees("dialog[open] .error", containsString("letters, digits"));
            assertNoScriptRan(bob);
        }
    }

    @Test
    void asAReason() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|root"));
            root.choose("bob", "Mute …");
            root.fill("dialog[open] [name=reason]", IMAGE);
            root.confirm();
            root.sees("#messages .moderation", containsString(IMAGE));
            bob.sees("#composer-note", containsString(IMAGE));
            bob.say("may I?");
            bob.sees(".failed .state", containsString(IMAGE));
            root.press("#sanctions");
            root.sees(".entries", containsString(IMAGE));
            root.pressNamed("dialog[open] button", "Close");
            root.choose("bob", "Ban …");
            root.fill("dialog[open] [name=reason]", IMAGE);
            root.confirm();
            bob.sees("#notice", containsString(IMAGE));
            assertNoScriptRan(root);
            assertNoScriptRan(bob);
        }
    }
}
