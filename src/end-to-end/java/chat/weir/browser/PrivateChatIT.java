package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class PrivateChatIT extends ChatPage {
    @Test
    void isForTwoUsersAndDoesNotReplaceTheShownChannel() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob");
                Visitor carol = Visitor.guest(chat, "fishing", "carol")) {
            alice.sees("#users .who", is("alice|bob|carol"));
            bob.type("half a senten");
            alice.choose("bob", "Private chat");
            alice.sees("#title", is("bob"));
            alice.say("where exactly?");
            bob.sees("#conversations .badge", containsString("1"));
            bob.awaits(bob::title, is("(1) fishing · Weir"));
            bob.pressNamed("#conversations .label", "alice");
            bob.awaitMessages("where exactly?");
            bob.say("by the old mill");
            alice.awaitMessages("where exactly?", "by the old mill");
            bob.pressNamed("#conversations .label", "fishing");
            bob.awaits(
                    () -> bob.script(String.class, "return document.getElementById('text').value"),
                    is("half a senten"));
            carol.awaitMessages();
            carol.sees("#conversations .label", is("fishing"));
        }
    }

    @Test
    void ofAccountsIsRestoredAfterAReload() {
        chat.register("ann");
        chat.register("ben");
        try (Visitor ann = Visitor.member(chat, "fishing", "ann");
                Visitor ben = Visitor.member(chat, "fishing", "ben")) {
            ann.sees("#users .who", is("ann|ben"));
            ann.choose("ben", "Private chat");
            ann.say("where exactly?");
            ben.pressNamed("#conversations .label", "ann");
            ben.awaitMessages("where exactly?");
            ben.reload();
            ben.sees("#title", is("ann"));
            ben.awaitMessages("where exactly?");
            ben.say("by the old mill");
            ann.awaitMessages("where exactly?", "by the old mill");
        }
    }

    @Test
    void hidesMessagesOfABlockedUser() {
        try (Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob");
                Visitor carol = Visitor.guest(chat, "fishing", "carol")) {
            bob.say("buy rods");
            alice.awaitMessages("buy rods");
            alice.choose("bob", "Block");
            alice.awaitMessages();
            bob.say("buy cheap rods");
            carol.awaitMessages("buy rods", "buy cheap rods");
            carol.say("no");
            alice.awaitMessages("no");
            alice.choose("bob", "Unblock");
            alice.awaitMessages("buy rods", "buy cheap rods", "no");
        }
    }
}
