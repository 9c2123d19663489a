package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountIT {
    @TempDir
    private Path directory;

    @Test
    void isRegisteredAndStaysLoggedIn() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.enter("register", "alice", "short");
            alice.sees("#password-error", containsString("at least 8 characters"));
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.sees("#my-kind", is("account"));
            alice.say("hello");
            alice.awaitMessages("hello");
            alice.reload();
            alice.awaitMessages("hello");
            alice.sees("#my-name", is("alice"));
            alice.go("?again");
            alice.sees("#known-name", is("alice"));
            alice.fill("#channel", "boats");
            alice.press("#go");
            alice.sees("#title", is("boats"));
            alice.chooseForMyself("Log out");
            alice.awaits(() -> alice.isShown("#name"), is(true));
            alice.reload();
            alice.awaits(() -> alice.isShown("#name"), is(true));
        }
    }

    @Test
    void requiresItsPassword() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "#fishing")) {
            chat.register("alice");
            alice.fill("#name", "alice");
            alice.press("#go");
            alice.sees("#name-error", containsString("belongs to an account"));
            alice.enter("login", "alice", "wrong password");
            alice.sees("#password-error", is("Wrong name or password."));
            alice.enter("login", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.expects(".*/api/sessions .* 401 .*");
        }
    }

    @Test
    void isRequiredIfTheServerRequiresIt() {
        try (Chat chat = Chat.start(directory, Map.of("REQUIRE_ACCOUNT", "true"));
                Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.awaits(() -> alice.isShown("#password"), is(true));
            alice.awaits(() -> alice.isShown("label:has(#mode-guest)"), is(false));
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.say("hello");
            alice.awaitMessages("hello");
        }
    }

    @Test
    void isDeletedByItsOwner() {
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.say("hello");
            alice.awaitMessages("hello");
            alice.chooseForMyself("Delete account …");
            alice.confirm();
            alice.sees("#notice", is("Your account is deleted."));
            alice.awaits(() -> alice.isShown("dialog"), is(false));
            // Anyone can take the name now, and does not own the earlier messages.
            alice.press("label:has(#mode-guest)");
            alice.enter("alice");
            alice.awaitMessages("hello");
            alice.awaits(() -> alice.isShown("#messages .own"), is(false));
        }
    }

    @Test
    void keepsSpacesInItsPassword() {
        String spaced = " with spaces ";
        try (Chat chat = Chat.start(directory);
                Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.enter("register", "alice", Chat.PASSWORD);
            alice.awaitChat();
            alice.chooseForMyself("Change password …");
            alice.fill("dialog[open] [name=current]", Chat.PASSWORD);
            alice.fill("dialog[open] [name=next]", spaced);
            alice.confirm();
            alice.awaits(() -> alice.isShown("dialog"), is(false));
            alice.sees("#status-text", is("Your password is changed."));
            alice.chooseForMyself("Log out");
            alice.enter("login", "alice", spaced);
            alice.awaitChat();
        }
    }
}
