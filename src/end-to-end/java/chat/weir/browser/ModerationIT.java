package chat.weir.browser;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModerationIT extends ChatPage {
    @BeforeEach
    void registerMia() {
        chat.register("mia");
    }

    @Test
    void letsAModeratorMuteAndLiftIt() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor mia = Visitor.member(chat, "fishing", "mia");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|mia|root"));
            mia.awaits(() -> mia.isShown("#sanctions"), is(false));
            root.choose("mia", "Make moderator");
            root.confirm();
            mia.sees("#messages .moderation", is("root made you a moderator"));
            mia.awaits(() -> mia.isShown("#sanctions"), is(true));
            mia.choose("bob", "Mute …");
            mia.pick("dialog[open] [name=duration]", "10 minutes");
            mia.fill("dialog[open] [name=reason]", "no advertising");
            mia.confirm();
            root.sees("#messages .moderation", containsString("mia muted bob for 10 minutes: no advertising"));
            bob.sees("#composer-note", containsString("mia muted you for 10 minutes: no advertising (until "));
            bob.say("but cheap");
            bob.sees(
                    ".failed .state",
                    containsString("Not sent. You are muted in the channel fishing: no advertising (until "));
            mia.press("#sanctions");
            mia.sees(".entries", containsString("bob is muted until"));
            mia.press(".entries button");
            mia.sees(".entries", is("bob is no longer muted."));
            bob.sees("#messages .moderation", containsString("mia unmuted you"));
            bob.press(".failed .delivery button");
            root.awaitMessages("but cheap");
            bob.awaitMessages("but cheap");
        }
    }

    @Test
    void showsTheEndOfAMuteAfterAReload() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|root"));
            bob.sees("#users .who", is("bob|root"));
            root.script(Object.class, """
                    const { token } = JSON.parse(localStorage['weir.login']);
                    return fetch('api/mutes', {
                      method: 'POST',
                      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
                      body: JSON.stringify({ user: 'bob', channel: 'fishing', duration: 10 }),
                    }).then((response) => response.status);
                    """);
            bob.sees("#composer-note", containsString("muted you for 10 seconds"));
            bob.reload();
            bob.sees("#users .who", is("bob|root"));
            bob.say("but cheap");
            bob.sees("#composer-note", containsString("You are muted in the channel fishing (until "));
            bob.awaits(() -> bob.isShown(".failed .delivery .plain"), is(false));
            bob.awaits(() -> bob.isShown("#composer-note"), is(false));
            bob.press(".failed .delivery .plain");
            root.awaitMessages("but cheap");
        }
    }

    @Test
    void explainsThatTheAddressIsBannedToo() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|root"));
            bob.sees("#users .who", is("bob|root"));
            root.choose("bob", "Ban …");
            root.sees("dialog[open] h2 + p", containsString("the address is banned too"));
            root.confirm();
            bob.sees("#notice", containsString("root banned you"));
            root.press("#sanctions");
            root.sees(".entries", containsString("A guest: others at the same address are banned too."));
        }
    }

    @Test
    void kicksAndBans() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|root"));
            bob.resize(1_000, 640);
            root.choose("bob", "Kick …");
            root.fill("dialog[open] [name=reason]", "be nice");
            root.confirm();
            bob.sees("#notice", is("root kicked you from fishing: be nice"));
            bob.awaits(() -> isInSight(bob, "notice"), is(true));
            bob.press("#go");
            bob.awaitChat();
            root.sees("#users .who", is("bob|root"));
            root.choose("bob", "Ban …");
            root.pick("dialog[open] [name=duration]", "1 day");
            root.confirm();
            bob.sees("#notice", containsString("root banned you from fishing until "));
            bob.press("#go");
            bob.sees("#channel-error", containsString("You are banned from the channel fishing (until "));
            root.press("#sanctions");
            root.press(".entries button");
            root.sees(".entries", is("bob is no longer banned."));
            bob.press("#go");
            bob.awaitChat();
        }
    }

    private static boolean isInSight(Visitor visitor, String id) {
        return visitor.script(Boolean.class, """
                const { top, bottom } = document.getElementById(arguments[0]).getBoundingClientRect();
                return top >= 0 && bottom > top && bottom <= innerHeight;
                """, id);
    }

    @Test
    void kicksFromOneChannelOfMany() {
        try (Visitor root = Visitor.member(chat, "boats", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            bob.go("#boats");
            root.sees("#users .who", is("bob|root"));
            root.choose("bob", "Kick …");
            root.fill("dialog[open] [name=reason]", "be nice");
            root.confirm();
            bob.sees("#status-text", is("root kicked you from boats: be nice"));
            bob.sees("#title", is("fishing"));
            bob.sees("#conversations .label", is("fishing"));
        }
    }

    @Test
    void deletesMessagesOfOthers() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            bob.say("buy rods");
            bob.say("sorry");
            root.awaitMessages("buy rods", "sorry");
            root.chooseForMessage("buy rods", "Delete …");
            root.confirm();
            root.awaitMessages("sorry");
            bob.awaitMessages("sorry");
        }
    }

    @Test
    void showsAKickOnlyToTheKickedUser() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor alice = Visitor.guest(chat, "fishing", "alice");
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            for (Visitor one : new Visitor[] {root, alice, bob}) {
                one.sees("#users .who", is("alice|bob|root"));
                one.go("#boats");
                one.sees("#title", is("boats"));
            }
            root.sees("#users .who", is("alice|bob|root"));
            root.choose("bob", "Kick …");
            root.confirm();
            bob.sees("#status-text", is("root kicked you from boats"));
            alice.sees("#messages .moderation", is("root kicked bob"));
            alice.press("#conversations .leave");
            alice.sees("#conversations .label", is("fishing"));
            alice.awaits(() -> alice.isShown("#status-text"), is(false));
        }
    }

    @Test
    void closesOpenDialogs() {
        try (Visitor root = Visitor.member(chat, "fishing", Chat.ADMIN);
                Visitor bob = Visitor.guest(chat, "fishing", "bob")) {
            root.sees("#users .who", is("bob|root"));
            bob.press("#join");
            bob.awaits(() -> bob.isShown("dialog[open]"), is(true));
            root.choose("bob", "Ban …");
            root.confirm();
            bob.sees("#notice", containsString("root banned you from fishing"));
            bob.awaits(() -> bob.isShown("dialog[open]"), is(false));
            bob.awaits(() -> bob.script(String.class, "return document.activeElement.id"), is("name"));
        }
    }
}
