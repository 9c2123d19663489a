package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposerIT extends ChatPage {
    ComposerIT() {
        super(Map.of("MAX_TEXT_LENGTH", "40", "MESSAGE_RATE", "1"));
    }

    @Test
    void countsTheCharactersLeft() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.fill("#text", "x".repeat(30));
            alice.awaits(() -> alice.isShown("#counter"), is(false));
            alice.fill("#text", "ä".repeat(38));
            alice.sees("#counter", is("2 left"));
            alice.fill("#text", "x".repeat(41));
            alice.sees("#counter", is("1 character too many"));
            alice.say("x".repeat(43));
            alice.sees("#counter", is("Not sent: 3 characters too many."));
            alice.awaitMessages();
            alice.say("x".repeat(40));
            alice.awaitMessages("x".repeat(40));
        }
    }

    @Test
    void offersToResendARefusedMessage() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            alice.script(Object.class, """
                            for (const text of ['one', 'two', 'three', 'four']) {
                              document.getElementById('text').value = text;
                              document.getElementById('composer').requestSubmit();
                            }
                            """);
            alice.sees(".failed .state", containsString("Not sent. Too many requests. Wait"));
            alice.awaits(
                    () -> {
                        alice.script(Object.class, "document.querySelector('.failed .delivery button')?.click()");
                        return alice.isShown(".unsent");
                    },
                    is(false));
            alice.awaits(() -> alice.messages().size(), is(4));
        }
    }
}
