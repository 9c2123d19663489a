package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
    private static final StoredMessage MESSAGE = new StoredMessage(1, 0, DraftOutcomes.BOB, "text");

    private final RecentChanges changes = new RecentChanges();

    private static StoredChange by(String name, long seq, MessageChange change) {
        return new StoredChange(seq, 7, new Author(UserName.parse(name).orElseThrow(), Author.GUEST), change);
    }

    private StoredMessage react(StoredMessage message, String name, String emoji) {
        return changes.change(message, by(name, 2, new MessageChange.React(message.id(), emoji)));
    }

    private StoredMessage unreact(StoredMessage message, String name, String emoji) {
        return changes.change(message, by(name, 2, new MessageChange.Unreact(message.id(), emoji)));
    }

    private List<Long> numbersAfter(long seq) {
        return changes.after(seq).map(StoredChange::seq).toList();
    }

    @Test
    void editsWithTheTimeOfTheChange() {
        StoredMessage edited = changes.change(MESSAGE, by("bob", 2, new MessageChange.Edit(1, "new")));
        assertEquals("new", edited.text());
        assertEquals(7, edited.editedAt());
        assertSame(edited, changes.change(edited, by("bob", 3, new MessageChange.Edit(1, "new"))));
    }

    @Test
    void countsAReactionOfAUserOnce() {
        StoredMessage reacted = react(react(MESSAGE, "Bob", "A"), "alice", "A");
        assertEquals("A 2 Bob alice", reacted.reactions().toText());
        assertSame(reacted, react(reacted, "BOB", "A"));
        assertSame(reacted, unreact(reacted, "carl", "A"));
        assertEquals("A 1 alice", unreact(reacted, "bob", "A").reactions().toText());
    }

    @Test
    void keepsTheReactionsOfOtherMessages() {
        StoredMessage other = new StoredMessage(2, 0, DraftOutcomes.BOB, "other");
        StoredMessage reacted = react(MESSAGE, "bob", "A");
        assertEquals("A 1 alice", react(other, "alice", "A").reactions().toText());
        assertEquals("A 2 bob carl", react(reacted, "carl", "A").reactions().toText());
    }

    @Test
    void forgetsTheReactionsOfADeletedMessage() {
        long none = changes.bytes();
        StoredMessage reacted = react(react(MESSAGE, "bob", "A"), "bob", "B");
        assertEquals("A 1 bob\nB 1 bob", reacted.reactions().toText());
        changes.add(by("bob", 3, new MessageChange.Delete(1)));
        changes.forget(1);
        RecentChanges onlyTheDeletion = new RecentChanges();
        onlyTheDeletion.add(by("bob", 3, new MessageChange.Delete(1)));
        assertEquals(onlyTheDeletion.bytes(), changes.bytes());
        assertEquals(0, none);
    }

    @Test
    void limitsTheReactions() {
        StoredMessage message = MESSAGE;
        for (int i = 0; i < RecentChanges.MAX_REACTIONS; i++) {
            message = react(message, "guest" + i, "A");
        }
        StoredMessage full = message;
        ChatException refusal = assertThrows(ChatException.class, () -> react(full, "one-more", "A"));
        assertEquals(ErrorReason.STORE_FULL, refusal.reason());
        StoredMessage less = unreact(full, "guest7", "A");
        assertEquals(
                RecentChanges.MAX_REACTIONS,
                react(less, "one-more", "A").reactions().find("A").orElseThrow().count());
    }

    @Test
    void keepsTheLatestChangesWithoutTheTextsOfEdits() {
        for (int i = 1; i <= RecentChanges.MAX; i++) {
            changes.add(by("bob", i, new MessageChange.Edit(1, "text " + i)));
        }
        assertEquals(0, changes.droppedUpTo());
        assertEquals(RecentChanges.MAX, numbersAfter(0).size());
        changes.add(by("bob", RecentChanges.MAX + 1, new MessageChange.React(1, "A")));
        assertEquals(1, changes.droppedUpTo());
        assertEquals(List.of(300L, 301L), numbersAfter(299));
        assertEquals(
                List.of("", "A"),
                changes.after(299).map(change -> change.change().text()).toList());
    }
}
