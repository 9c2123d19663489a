package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page uses the reasons and codes of errors, so it also works with other error texts. */
class ErrorTextsIT {
    @TempDir
    private Path directory;

    @Test
    void showsEachErrorAtItsFieldWhateverItsText() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "#fishing")) {
            chat.register("alice");
            alice.goWithOtherErrorTexts("#fishing");
            alice.fill("#name", "alice");
            alice.press("#go");
            alice.sees("#name-error", containsString("belongs to an account"));
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.sees("#name-error", containsString("is taken"));
            alice.enter("login", "alice", "wrong password");
            alice.sees("#password-error", is("Wrong name or password."));
            alice.enter("register", "anna", "\u0308".repeat(200) + "12345678");
            alice.sees("#password-error", is("Other words."));
            alice.expects(".*/api/.* (400|401|409) .*");
        }
    }

    @Test
    void recognizesMutesAndBansWhateverTheirTexts() {
        try (Chat chat = Chat.start(directory);
                Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.at(chat, "#fishing")) {
            bob.goWithOtherErrorTexts("#fishing");
            bob.enter("bob");
            root.sees("#users .who", is("bob|root"));
            root.choose("bob", "Mute …");
            root.pick("dialog[open] [name=duration]", "10 minutes");
            root.confirm();
            bob.sees("#composer-note", containsString("muted you for 10 minutes"));
            bob.reload();
            root.sees("#users .who", is("bob|root"));
            bob.say("but cheap");
            bob.sees("#composer-note", containsString("Other words (until "));
            root.choose("bob", "Ban …");
            root.pick("dialog[open] [name=duration]", "1 day");
            root.confirm();
            bob.sees("#notice", containsString("root banned you from fishing until "));
            bob.press("#go");
            bob.sees("#channel-error", containsString("Other words (until "));
        }
    }
}
