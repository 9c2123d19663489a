package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The names of one channel, two of its members, and users who want the same name. */
abstract class NameRegistryFixture {
    static final Duration PAST_MEMORY = Duration.ofMinutes(5).plusSeconds(1);
    static final int PERMITS = 3;

    final FakeTime time = new FakeTime();
    final Semaphore permits = new Semaphore(PERMITS);
    final NameRegistry<TestMember> names =
            new NameRegistry<>(permits, time.clocks().clock());
    final TestMember member = new TestMember();
    final TestMember other = new TestMember();
    final UserIdentity bob = guest("bob", 1);
    final UserIdentity anotherBob = guest("Bob", 2);
    final UserIdentity account = account("bob", 7);

    static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    static UserIdentity guest(String name, long number) {
        return new UserIdentity(new Author(name(name), Author.GUEST), new Participant(Author.GUEST, number));
    }

    static UserIdentity account(String name, long id) {
        return new UserIdentity(new Author(name(name), id), Participant.account(id));
    }

    long now() {
        return time.clocks().nanoTime().getAsLong();
    }

    NameRegistry.Outcome<TestMember> claim(TestMember claimant, UserIdentity identity, @Nullable String secret) {
        return names.claim(claimant, names.recognised(new NameClaim(identity, secret), now()), now());
    }

    /** Takes a name and has it confirmed. */
    NameRegistry.Outcome<TestMember> take(TestMember claimant, UserIdentity identity, @Nullable String secret) {
        NameRegistry.Outcome<TestMember> outcome = claim(claimant, identity, secret);
        assertTrue(outcome.result().isGranted());
        names.adopt(claimant, true);
        return outcome;
    }

    String take(TestMember claimant, UserIdentity identity) {
        return take(claimant, identity, null).result().secret();
    }

    void assertTaken(TestMember claimant, UserIdentity identity, @Nullable String secret) {
        NameClaim claim = names.recognised(new NameClaim(identity, secret), now());
        assertFalse(names.grants(claimant, claim));
        assertEquals(NameClaim.Result.TAKEN, names.claim(claimant, claim, now()).result());
        assertNull(claimant.claimed());
    }

    void assertHolders(String name, TestMember... holders) {
        assertEquals(List.of(holders), names.holders(name(name)));
    }

    /** @param seconds when it was stored, after the first claim of a test */
    StoredMessage message(String name, long seconds, long accountId) {
        long start = new FakeTime().clocks().clock().millis() * 1_000;
        return new StoredMessage(start + seconds * 1_000_000, 0, new Author(name(name), accountId), "hi");
    }
}
