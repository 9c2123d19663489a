package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.Author;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is kept of a name that its holder has lost: the secrets that get it back, and since when it was theirs. */
class LostNameTest extends NameRegistryFixture {
    @Test
    void losingFreesTheName() {
        take(member, bob);
        names.lose(member, now());
        assertNull(member.name());
        assertNull(member.participant());
        assertHolders("bob");
        take(other, anotherBob);
    }

    @Test
    void losingDropsAClaimToo() {
        take(member, bob);
        claim(member, guest("carol", 1), null);
        names.lose(member, now());
        assertHolders("carol");
        assertHolders("bob");
    }

    @Test
    void aGuestTakesALostNameBackByItsSecretAsTheParticipantTheyWere() {
        String secret = take(member, bob);
        time.advance(Duration.ofSeconds(10));
        names.lose(member, now());
        NameRegistry.Outcome<TestMember> outcome = take(other, anotherBob, secret);
        assertTrue(outcome.result().confirmed());
        assertEquals(bob.participant(), outcome.result().identity().participant());
        assertEquals(anotherBob.name(), outcome.result().identity().name());
        assertNull(outcome.replaced());
        assertTrue(other.wrote(message("bob", 0, Author.GUEST)), "before the name was lost");
    }

    @Test
    void aLostNameThatWasNotConfirmedIsNotConfirmedWhenItIsTakenBack() {
        String secret = claim(member, bob, null).result().secret();
        names.adopt(member, false);
        names.lose(member, now());
        assertFalse(claim(other, anotherBob, secret).result().confirmed());
    }

    @Test
    void theSameParticipantNeedsNoSecret() {
        take(member, bob);
        names.lose(member, now());
        assertTrue(claim(other, bob, null).result().confirmed());
    }

    @Test
    void withoutTheSecretALostNameBeginsAnew() {
        take(member, bob);
        time.advance(Duration.ofSeconds(10));
        names.lose(member, now());
        NameRegistry.Outcome<TestMember> outcome = take(other, anotherBob, "not the secret");
        assertFalse(outcome.result().confirmed());
        assertEquals(anotherBob, outcome.result().identity());
        assertFalse(other.wrote(message("bob", 0, Author.GUEST)), "of the guest before");
    }

    @Test
    void aSecretIsWorthlessOnceAnotherHasHeldTheName() {
        String secret = take(member, bob);
        names.lose(member, now());
        take(other, anotherBob);
        assertTaken(member, bob, secret);
        names.release(other);
        assertFalse(claim(member, bob, secret).result().confirmed());
    }

    @Test
    void aLostNameIsForgottenAfterFiveMinutes() {
        String secret = take(member, bob);
        names.lose(member, now());
        time.advance(PAST_MEMORY);
        NameRegistry.Outcome<TestMember> outcome = claim(other, anotherBob, secret);
        assertFalse(outcome.result().confirmed());
        assertEquals(anotherBob, outcome.result().identity());
    }

    @Test
    void aReleasedNameCannotBeTakenBack() {
        String secret = take(member, bob);
        names.release(member);
        assertNull(member.name());
        assertHolders("bob");
        assertFalse(claim(other, anotherBob, secret).result().confirmed());
    }

    @Test
    void theUsedSecretIsValidUntilTheNewOneIsShown() {
        String first = take(member, bob);
        names.lose(member, now());
        String second = take(other, anotherBob, first).result().secret();
        assertNotEquals(first, second);
        // The answer with the second was lost with its connection: the first still works, and again.
        names.lose(other, now());
        String third = take(member, bob, first).result().secret();
        names.lose(member, now());
        assertTrue(claim(other, anotherBob, third).result().confirmed());
        names.adopt(other, true);
        names.lose(other, now());
        assertFalse(claim(member, guest("bob", 3), first).result().confirmed(), "the client knew the third");
    }

    @Test
    void claimingTheSameNameAgainLeavesTheSecretBeforeValid() {
        String first = take(member, bob);
        String second = take(member, bob);
        assertNotEquals(first, second);
        assertEquals(
                bob.participant(),
                names.recognised(new NameClaim(anotherBob, first), now())
                        .identity()
                        .participant());
        assertEquals(
                bob.participant(),
                names.recognised(new NameClaim(anotherBob, second), now())
                        .identity()
                        .participant());
    }

    @Test
    void isForgettableWhenNoLostNameCanBeTakenBack() {
        assertTrue(names.isForgettable(now()));
        take(member, bob);
        names.lose(member, now());
        assertFalse(names.isForgettable(now()));
        time.advance(PAST_MEMORY);
        assertTrue(names.isForgettable(now()));
        assertEquals(PERMITS, permits.availablePermits());
    }

    @Test
    void isForgettableOnceALostNameHasBeenTakenBack() {
        String secret = take(member, bob);
        names.lose(member, now());
        take(other, anotherBob, secret);
        assertTrue(names.isForgettable(now()));
    }

    @Test
    void forgettingReturnsThePermits() {
        take(member, bob);
        names.lose(member, now());
        assertEquals(PERMITS - 1, permits.availablePermits());
        names.forgetAll();
        assertEquals(PERMITS, permits.availablePermits());
    }

    @Test
    void aGuestWroteOnlyWhatWasPublishedWhileTheyHadTheName() {
        time.advance(Duration.ofSeconds(10));
        take(member, bob);
        assertFalse(member.wrote(message("bob", 9, Author.GUEST)));
        assertTrue(member.wrote(message("bob", 10, Author.GUEST)));
        assertTrue(member.wrote(message("BOB", 11, Author.GUEST)));
        assertFalse(member.wrote(message("carol", 11, Author.GUEST)));
        assertFalse(member.wrote(message("bob", 11, 7)));
        assertFalse(other.wrote(message("bob", 11, Author.GUEST)), "it has no name");
    }

    @Test
    void anAccountWroteItsMessagesWheneverAndUnderWhateverName() {
        time.advance(Duration.ofSeconds(10));
        take(member, account);
        assertTrue(member.wrote(message("bob", 0, 7)));
        assertTrue(member.wrote(message("robert", 0, 7)));
        assertFalse(member.wrote(message("bob", 11, Author.GUEST)));
        assertFalse(member.wrote(message("bob", 11, 8)));
    }
}
