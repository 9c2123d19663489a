package chat.weir.browser;

import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Every control works by keyboard, and the focus returns. */
class KeyboardIT extends ChatPage {
    @Test
    void goesThroughMenusAndDialogs() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            alice.script(Object.class, "document.getElementById('me').focus()");
            alice.keys(Keys.ENTER);
            alice.awaits(alice::focused, is("Change name …"));
            alice.keys(Keys.ARROW_DOWN);
            alice.awaits(alice::focused, is("Leave Weir"));
            alice.keys(Keys.ARROW_DOWN);
            alice.awaits(alice::focused, is("Change name …"));
            alice.keys(Keys.ESCAPE);
            alice.awaits(() -> alice.isShown("[role=menu]"), is(false));
            alice.awaits(alice::focused, is("aliceguest"));
            alice.keys(Keys.ENTER);
            alice.awaits(alice::focused, is("Change name …"));
            alice.keys(Keys.ENTER);
            alice.awaits(() -> alice.isShown("dialog[open] input:focus"), is(true));
            alice.keys(Keys.ESCAPE);
            alice.awaits(() -> alice.isShown("dialog"), is(false));
            alice.awaits(alice::focused, is("aliceguest"));
        }
    }

    @Test
    void entersWritesAndDeletes() {
        try (Visitor alice = Visitor.at(chat, "#fishing")) {
            alice.awaits(alice::focused, is("name"));
            alice.keys("alice", Keys.ENTER);
            alice.awaits(alice::focused, is("text"));
            alice.keys("one", Keys.chord(Keys.SHIFT, Keys.ENTER), "two", Keys.ENTER);
            alice.awaitMessages("one\ntwo");
            alice.script(Object.class, "document.getElementById('log').focus()");
            alice.keys(Keys.TAB);
            alice.awaits(alice::focused, is("Message options"));
            alice.keys(Keys.ENTER);
            alice.awaits(alice::focused, is("Delete …"));
            alice.keys(Keys.ENTER);
            alice.awaits(() -> alice.isShown("dialog[open]"), is(true));
            alice.keys(Keys.TAB, Keys.ENTER);
            alice.awaitMessages();
        }
    }

    @Test
    void opensAndClosesTheDrawersOfAPhone() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.resize(360, 740);
            alice.script(Object.class, "document.getElementById('open-people').focus()");
            alice.keys(Keys.ENTER);
            alice.awaits(alice::focused, is("Close"));
            alice.awaits(() -> alice.isShown("#users .who"), is(true));
            alice.keys(Keys.ESCAPE);
            alice.awaits(alice::focused, is("People here"));
            alice.awaits(() -> alice.isShown("#users .who"), is(false));
        }
    }

    @Test
    void closesADrawerAfterAnActionThere() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            bob.sees("#users .who", is("alice|bob"));
            alice.sees("#users .who", is("alice|bob"));
            alice.resize(360, 740);
            alice.press("#open-people");
            alice.choose("bob", "Block");
            alice.awaits(() -> alice.isShown("#users .who"), is(false));
            alice.sees("#status-text", is("You blocked bob."));
        }
    }
}
