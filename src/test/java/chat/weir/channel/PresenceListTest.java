package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.Author;
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

    private static Member member() {
        return TestChannelClient.member(ChannelRegistryFixture.NOBODY, Member.Place.OWN);
    }

    private @Nullable Notification settle(Member member, UserName name, boolean confirmed) {
        member.hold(new HeldName(new Author(name, 7), Participant.account(7), HeldName.Secrets.first(), 0, confirmed));
        return presenceList.settle(member);
    }

    private @Nullable Notification enter(Member member, UserName name) {
        return settle(member, name, true);
    }

    private @Nullable Notification lose(Member member) {
        member.hold(null);
        return presenceList.settle(member);
    }

    private Member present(UserName name) {
        Member member = member();
        assertEquals(new Notification(Event.JOINED, name, null), enter(member, name));
        return member;
    }

    @Test
    void reportsJoinsRenamesAndLeaves() {
        Member member = present(alice);
        assertNull(enter(member, alice), "nothing has changed");
        assertEquals(new Notification(Event.RENAMED, bob, alice), enter(member, bob));
        assertEquals(new Notification(Event.LEFT, bob, null), lose(member));
        assertNull(lose(member));
    }

    @Test
    void ignoresUnconfirmedNames() {
        Member member = member();
        assertNull(settle(member, alice, false));
        assertEquals(new Users(List.of(), 0, null), presenceList.users(null));
        assertEquals(new Notification(Event.JOINED, alice, null), settle(member, alice, true));
    }

    @Test
    void countsAUserWithSeveralConnectionsOnce() {
        Member one = present(alice);
        Member other = member();
        assertNull(enter(other, alice));
        assertEquals(new Users(List.of(alice), 1, "7"), presenceList.users("7"));
        assertNull(lose(one));
        assertEquals(new Users(List.of(alice), 1, null), presenceList.users(null));
        assertEquals(new Notification(Event.LEFT, alice, null), lose(other));
    }

    @Test
    void reportsNothingForAReplacedConnection() {
        Member old = present(alice);
        Member next = member();
        PresenceList.pass(old, next);
        assertNull(lose(old));
        assertNull(enter(next, alice));
        assertEquals(new Users(List.of(alice), 1, null), presenceList.users(null));
        assertEquals(new Notification(Event.LEFT, alice, null), lose(next));
    }

    @Test
    void sortsByNormalForm() {
        present(bob);
        present(alice);
        assertEquals(new Users(List.of(alice, bob), 2, null), presenceList.users(null));
    }

    @Test
    void listsNamesUpToTheLimit() {
        present(alice);
        present(bob);
        assertTrue(presenceList.isListed());
        Member third = present(carol);
        assertFalse(presenceList.isListed());
        assertEquals(new Users(null, 3, null), presenceList.users(null));
        lose(third);
        assertEquals(new Users(List.of(alice, bob), 2, null), presenceList.users(null));
    }

    @Test
    void listsNoNamesIfTheLimitIsZero() {
        PresenceList counted = new PresenceList(0);
        assertFalse(counted.isListed());
        assertEquals(new Users(null, 0, null), counted.users(null));
    }

    @Test
    void reportsChangesSinceTheLastList() {
        assertFalse(presenceList.hasChanged());
        Member member = present(alice);
        assertTrue(presenceList.hasChanged());
        presenceList.listSent();
        assertFalse(presenceList.hasChanged());
        assertNull(enter(member(), alice));
        assertFalse(presenceList.hasChanged(), "a second connection of the same user");
        lose(member);
        assertFalse(presenceList.hasChanged(), "the second connection is still present");
        enter(member, bob);
        assertTrue(presenceList.hasChanged());
    }
}
