package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deletion of accounts with their messages, on every engine. */
abstract class MessageDeletionsContract extends AccountFixture {
    private MessageDeletions deletions;

    @BeforeEach
    void create() {
        int unused = database.call(handle -> handle.execute("DELETE FROM message_deletion"));
        deletions = new MessageDeletions(database, time.clocks().clock());
    }

    private Account deleted(String name) {
        Account account = register(name);
        accounts.deleteWithMessages(account);
        return account;
    }

    private static Optional<MessageDeletions.Deletion> begun(Account account) {
        return Optional.of(new MessageDeletions.Deletion(account.id(), "", 0));
    }

    @Test
    void deletesTheAccountAndEndsItsSockets() {
        Account alice = register("alice");
        TestSocket socket = socket(alice, null);
        accounts.deleteWithMessages(alice);
        accounts.deleteWithMessages(alice);
        assertEquals(Optional.empty(), accounts.find(alice.id()));
        assertEquals(List.of("the account was deleted"), socket.reasons());
        register("alice");
    }

    @Test
    void beginsWhenTheLastMessagesAreStored() {
        Account alice = deleted("alice");
        time.advance(Duration.ofSeconds(9));
        assertEquals(Optional.empty(), deletions.next());
        time.advance(Duration.ofSeconds(1));
        assertEquals(begun(alice), deletions.next());
    }

    @Test
    void keepsTheProgress() {
        Account alice = deleted("alice");
        time.advance(Duration.ofSeconds(1));
        Account bob = deleted("bob");
        time.advance(Duration.ofSeconds(10));
        MessageDeletions.Deletion half = new MessageDeletions.Deletion(alice.id(), "fishing", 7);
        deletions.advance(half);
        assertEquals(
                Optional.of(half), new MessageDeletions(database, time.clocks().clock()).next());
        deletions.finish(alice.id());
        assertEquals(begun(bob), deletions.next());
        deletions.finish(bob.id());
        assertEquals(Optional.empty(), deletions.next());
    }

    @Test
    void isNotRequestedByDefault() {
        accounts.delete(register("alice"));
        time.advance(Duration.ofDays(1));
        assertEquals(List.of(), deletions.next().stream().toList());
    }
}
