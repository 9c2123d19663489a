package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.UserName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypingUsersTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = -2 * SECOND;

    private final UserName bob = UserName.parse("Bob").orElseThrow();
    private final UserName alice = UserName.parse("alice").orElseThrow();
    private final TestMember first = new TestMember();
    private final TestMember second = new TestMember();
    private final TypingUsers typingUsers = new TypingUsers();

    @Test
    void reportsOnlyNewTypists() {
        assertTrue(typingUsers.begin(first, bob, START));
        assertFalse(typingUsers.begin(first, bob, START));
        assertFalse(typingUsers.begin(second, UserName.parse("BOB").orElseThrow(), START), "the same user");
        assertTrue(typingUsers.begin(second, alice, START));
    }

    @Test
    void endsOnce() {
        assertFalse(typingUsers.end(bob));
        typingUsers.begin(first, bob, START);
        assertFalse(typingUsers.isEmpty());
        assertFalse(typingUsers.end(alice));
        assertTrue(typingUsers.end(bob));
        assertFalse(typingUsers.end(bob));
        assertTrue(typingUsers.isEmpty());
    }

    @Test
    void endsOnTheConnectionThatTypedLast() {
        typingUsers.begin(first, bob, START);
        typingUsers.begin(second, bob, START);
        assertFalse(typingUsers.end(bob, first));
        assertEquals(Optional.empty(), typingUsers.end(first));
        assertTrue(typingUsers.end(bob, second));
    }

    @Test
    void reportsTheTypistOfAReplacedConnection() {
        typingUsers.begin(first, bob, START);
        typingUsers.begin(second, alice, START);
        assertEquals(Optional.of(bob), typingUsers.end(first));
        assertEquals(Optional.empty(), typingUsers.end(first));
        assertTrue(typingUsers.end(alice));
    }

    @Test
    void expiresFiveSecondsAfterTheLastRepetition() {
        typingUsers.begin(first, bob, START);
        typingUsers.begin(second, alice, START);
        typingUsers.begin(first, bob, START + 3 * SECOND);
        assertEquals(List.of(), typingUsers.expire(START + 5 * SECOND - 1));
        assertEquals(List.of(alice), typingUsers.expire(START + 5 * SECOND));
        assertFalse(typingUsers.isEmpty());
        assertEquals(List.of(bob), typingUsers.expire(START + 8 * SECOND));
        assertTrue(typingUsers.isEmpty());
        assertEquals(List.of(), typingUsers.expire(START + 9 * SECOND));
    }
}
