package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Notification.Event;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceListTest {
    private static final int LIMIT = 2;

    private final UserName alice = name("alice");
    private final UserName bob = name("Bob");
    private final UserName carol = name("carol");
    private final PresenceList presenceList = new PresenceList(LIMIT);

    private static UserName name(String name) {
        return UserName.parse(name).orElseThrow();
    }

    private @Nullable Notification enter(UserName name) {
        return presenceList.change(null, name);
    }

    private @Nullable Notification leave(UserName name) {
        return presenceList.change(name, null);
    }

    private void assertListed(UserName... names) {
        assertEquals(new Users(List.of(names), names.length, null), presenceList.users(null));
    }

    @Test
    void tellsWhoJoinsIsRenamedAndLeaves() {
        assertEquals(new Notification(Event.JOINED, alice, null), enter(alice));
        assertNull(presenceList.change(alice, alice), "nothing has changed");
        assertEquals(new Notification(Event.RENAMED, bob, alice), presenceList.change(alice, bob));
        assertListed(bob);
        assertEquals(new Notification(Event.LEFT, bob, null), leave(bob));
        assertNull(presenceList.change(null, null));
        assertListed();
    }

    @Test
    void tellsAChangeOfSpelling() {
        enter(name("BOB"));
        assertEquals(new Notification(Event.RENAMED, bob, name("BOB")), presenceList.change(name("BOB"), bob));
        assertListed(bob);
    }

    @Test
    void countsAUserOnceWhateverTheNumberOfConnections() {
        enter(alice);
        assertNull(enter(alice));
        assertEquals(new Users(List.of(alice), 1, "7"), presenceList.users("7"));
        assertNull(leave(alice));
        assertListed(alice);
        assertEquals(new Notification(Event.LEFT, alice, null), leave(alice));
        assertListed();
    }

    @Test
    void aConnectionThatTakesTheNameOfAnotherOfTheSameUserOnlyLeavesItsOwn() {
        enter(alice);
        enter(bob);
        assertEquals(new Notification(Event.LEFT, bob, null), presenceList.change(bob, alice));
        assertEquals(new Notification(Event.JOINED, bob, null), presenceList.change(alice, bob), "alice is here still");
        assertListed(alice, bob);
    }

    @Test
    void sortsByTheNamesNormalForms() {
        enter(bob);
        enter(alice);
        assertListed(alice, bob);
        presenceList.change(bob, carol);
        assertListed(alice, carol);
    }

    @Test
    void listsNamesUpToTheLimit() {
        enter(alice);
        enter(bob);
        assertTrue(presenceList.isListed());
        enter(carol);
        assertFalse(presenceList.isListed());
        assertEquals(new Users(null, 3, null), presenceList.users(null));
        leave(carol);
        assertListed(alice, bob);
    }

    @Test
    void listsNobodyIfTheLimitIsZero() {
        PresenceList counted = new PresenceList(0);
        assertFalse(counted.isListed());
        assertEquals(new Users(null, 0, null), counted.users(null));
    }

    @Test
    void hasChangedSinceTheLastList() {
        assertFalse(presenceList.hasChanged());
        enter(alice);
        assertTrue(presenceList.hasChanged());
        presenceList.listSent();
        assertFalse(presenceList.hasChanged());
        enter(alice);
        assertFalse(presenceList.hasChanged(), "a second connection of the same user");
        leave(alice);
        assertFalse(presenceList.hasChanged(), "the second is still here");
        leave(alice);
        assertTrue(presenceList.hasChanged());
        presenceList.listSent();
        enter(bob);
        assertTrue(presenceList.hasChanged());
    }
}
