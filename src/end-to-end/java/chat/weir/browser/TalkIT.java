package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class TalkIT extends ChatPage {
    @Test
    void letsTwoGuestsChat() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.say("anything biting?");
            bob.awaitMessages("anything biting?");
            bob.say("a pike\nthis long");
            alice.awaitMessages("anything biting?", "a pike\nthis long");
            bob.awaitMessages("anything biting?", "a pike\nthis long");
            alice.awaits(() -> alice.isShown(".unsent"), is(false));
            alice.sees("#messages .own .text", is("anything biting?"));
            alice.sees("#messages .message:not(.own) .name", is("bob"));
            alice.sees("#messages .notice", containsString("bob joined"));
            alice.sees("#users .who", is("alice|bob"));
            alice.sees("#subtitle", is("2 here"));
        }
    }

    @Test
    void showsWhoIsTyping() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.sees("#users .who", is("alice|bob"));
            bob.type("w");
            alice.sees("#typing", is("bob is typing …"));
            bob.type("\b");
            alice.sees("#typing", is(emptyString()));
        }
    }

    @Test
    void renames() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.sees("#users .who", is("alice|bob"));
            bob.chooseForMyself("Change name …");
            bob.fill("dialog[open] input", "alice");
            bob.confirm();
            bob.sees("dialog[open] .error", is("This name is taken. Choose another one."));
            bob.fill("dialog[open] input", "bert");
            bob.confirm();
            bob.sees("#my-name", is("bert"));
            alice.sees("#messages .notice", endsWith("bob is now bert"));
            alice.sees("#users .who", is("alice|bert"));
        }
    }

    @Test
    void ownsOnlyMessagesSinceTheNameWasTaken() {
        try (Visitor other = Visitor.guest(chat, "fishing", "bob")) {
            try (Visitor earlier = Visitor.guest(chat, "fishing", "nora")) {
                earlier.say("I was here first");
                other.awaitMessages("I was here first");
                earlier.chooseForMyself("Leave Weir");
            }
            try (Visitor nora = Visitor.guest(chat, "fishing", "nora")) {
                nora.awaitMessages("I was here first");
                nora.say("and I am another one");
                nora.awaitMessages("I was here first", "and I am another one");
                nora.sees("#messages .own .text", is("and I am another one"));
                nora.awaits(() -> nora.texts(".more:not([hidden])").size(), is(1));
                nora.reload();
                nora.awaitMessages("I was here first", "and I am another one");
                nora.sees("#messages .own .text", is("and I am another one"));
                nora.awaits(() -> nora.texts(".more:not([hidden])").size(), is(1));
            }
        }
    }

    @Test
    void deletesOwnMessages() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.say("one");
            alice.say("two");
            bob.awaitMessages("one", "two");
            alice.chooseForMessage("one", "Delete …");
            alice.confirm();
            alice.awaitMessages("two");
            bob.awaitMessages("two");
        }
    }

    @Test
    void countsUnreadMessagesInTheTitle() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            alice.awaits(alice::title, is("fishing · Weir"));
            alice.go("#boats");
            alice.awaits(alice::title, is("boats · Weir"));
            bob.say("one");
            bob.say("two");
            alice.awaits(alice::title, is("(2) boats · Weir"));
            alice.sees("#conversations .badge", is("2 unread messages"));
            alice.pressNamed("#conversations a .label", "fishing");
            alice.awaits(alice::title, is("fishing · Weir"));
            alice.awaitMessages("one", "two");
        }
    }

    @Test
    void countsInTheTitleWhileThePageIsHidden() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.inBackground(() -> {
                chat.say("fishing", "bob", "one");
                alice.awaits(alice::title, is("(1) fishing · Weir"));
            });
            alice.awaits(alice::title, is("fishing · Weir"));
        }
    }

    @Test
    void opensTheChannelOfTheAddress() {
        try (Visitor alice = Visitor.at(chat, "#lakes/north");
                Visitor bob = Visitor.guest(chat, "boats", "bob")) {
            alice.enter("alice");
            alice.sees("#title", is("lakes/north"));
            alice.go("#boats");
            alice.sees("#title", is("boats"));
            bob.say("ahoy");
            alice.awaitMessages("ahoy");
            alice.reload();
            alice.sees("#title", is("boats"));
            alice.sees("#my-name", is("alice"));
            alice.awaitMessages("ahoy");
            alice.sees("#conversations .label", is("boats|lakes/north"));
            alice.press("[aria-label='Leave lakes/north']");
            alice.sees("#conversations .label", is("boats"));
        }
    }

    @Test
    void explainsInvalidNames() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor other = Visitor.at(chat, "#fishing")) {
            alice.say("I was first");
            other.fill("#name", "two words");
            other.press("#go");
            other.sees("#name-error", containsString("no spaces"));
            other.fill("#name", "Alice");
            other.press("#go");
            other.sees("#name-error", is("This name is taken. Choose another one."));
            other.fill("#name", "");
            other.press("#go");
            other.sees("#name-error", is("Choose a name."));
            other.fill("#channel", "");
            other.press("#go");
            other.sees("#channel-error", is("Choose a channel."));
        }
    }

    @Test
    void remembersTheNewNameAfterLeaving() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice")) {
            alice.sees("#users .who", is("alice"));
            alice.chooseForMyself("Change name …");
            alice.fill("dialog[open] input", "alba");
            alice.confirm();
            alice.sees("#my-name", is("alba"));
            alice.chooseForMyself("Leave Weir");
            alice.awaits(() -> alice.isShown("#name"), is(true));
            alice.awaits(() -> alice.script(String.class, "return document.getElementById('name').value"), is("alba"));
        }
    }

    @Test
    void suggestsOpenChannels() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "boats", "bob")) {
            bob.sees("#users .who", is("bob"));
            alice.press("#join");
            alice.sees("dialog[open] h2 + p", containsString("makes a new channel"));
            alice.awaits(
                    () -> alice.script(
                            List.class, "return [...document.querySelectorAll('datalist option')].map(e => e.value)"),
                    is(List.of("boats", "fishing")));
            alice.fill("dialog[open] input", "boats");
            alice.confirm();
            alice.sees("#title", is("boats"));
        }
    }

    @Test
    void showsTheOpenChannels() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor other = Visitor.at(chat, "")) {
            other.awaits(() -> other.texts("#channels li"), is(List.of("fishing1 connected")));
            other.pressNamed("#channels .label", "fishing");
            other.enter("bob");
            alice.sees("#users .who", is("alice|bob"));
        }
    }
}
