package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameRegistryTest {
    private static final Duration PAST_MEMORY = Duration.ofMinutes(5).plusSeconds(1);
    private static final int PLACES = 3;

    private final FakeTime time = new FakeTime();
    private final Semaphore places = new Semaphore(PLACES);
    private final NameRegistry<TestMember> names =
            new NameRegistry<>(places, time.clocks().clock());
    private final TestMember member = new TestMember();
    private final TestMember other = new TestMember();
    private final UserIdentity bob = guest("bob", 1);
    private final UserIdentity anotherBob = guest("Bob", 2);
    private final UserIdentity account = account("bob", 7);

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    private static UserIdentity guest(String name, long number) {
        return new UserIdentity(new Author(name(name), Author.GUEST), new Participant(Author.GUEST, number));
    }

    private static UserIdentity account(String name, long id) {
        return new UserIdentity(new Author(name(name), id), Participant.account(id));
    }

    private long now() {
        return time.clocks().nanoTime().getAsLong();
    }

    private NameRegistry.Outcome<TestMember> claim(
            TestMember claimant, UserIdentity identity, @Nullable String secret) {
        return names.claim(claimant, names.recognised(new NameClaim(identity, secret), now()), now());
    }

    /** Takes a name and has it confirmed. */
    private NameRegistry.Outcome<TestMember> take(TestMember claimant, UserIdentity identity, @Nullable String secret) {
        NameRegistry.Outcome<TestMember> outcome = claim(claimant, identity, secret);
        assertTrue(outcome.result().isGranted());
        names.adopt(claimant, true);
        return outcome;
    }

    private String take(TestMember claimant, UserIdentity identity) {
        return take(claimant, identity, null).result().secret();
    }

    private void assertTaken(TestMember claimant, UserIdentity identity, @Nullable String secret) {
        NameClaim claim = names.recognised(new NameClaim(identity, secret), now());
        assertFalse(names.grants(claimant, claim));
        assertEquals(NameClaim.Result.TAKEN, names.claim(claimant, claim, now()).result());
        assertNull(claimant.claimed());
    }

    private void assertHolders(String name, TestMember... holders) {
        assertEquals(List.of(holders), names.holders(name(name)));
    }

    // Claims.

    @Test
    void aClaimIsNotHeldBeforeItIsAdopted() {
        NameRegistry.Outcome<TestMember> outcome = claim(member, bob, null);
        assertEquals(bob, outcome.result().identity());
        assertFalse(outcome.result().confirmed());
        assertNull(member.participant());
        assertHolders("bob", member);
        names.adopt(member, false);
        assertEquals(bob.participant(), member.participant());
        assertNull(member.name(), "it is not confirmed yet");
        member.confirm();
        assertEquals(bob.name(), member.name());
    }

    @Test
    void adoptsAsConfirmedWithoutAConfirmation() {
        take(member, bob);
        assertEquals(bob.name(), member.name());
    }

    @Test
    void refusesANameThatAnotherGuestHolds() {
        take(member, bob);
        assertTaken(other, anotherBob, null);
        assertTaken(other, anotherBob, "not the secret");
        assertEquals(bob.name(), member.name());
    }

    @Test
    void refusesANameThatAnotherGuestClaims() {
        claim(member, bob, null);
        assertTaken(other, anotherBob, null);
    }

    @Test
    void adoptingFreesTheEarlierName() {
        take(member, bob);
        take(member, guest("carol", 1));
        assertEquals(name("carol"), member.name());
        assertHolders("bob");
        assertHolders("carol", member);
        take(other, anotherBob);
    }

    @Test
    void adoptingWithoutAClaimChangesNothing() {
        take(member, bob);
        names.adopt(member, false);
        assertEquals(bob.name(), member.name());
    }

    @Test
    void renouncingKeepsTheEarlierName() {
        take(member, bob);
        claim(member, guest("carol", 1), null);
        assertHolders("bob", member);
        assertHolders("carol", member);
        names.renounce(member);
        assertEquals(bob.name(), member.name());
        assertHolders("carol");
        assertHolders("bob", member);
    }

    @Test
    void renouncingANewSpellingKeepsTheName() {
        take(member, bob);
        claim(member, guest("BOB", 1), null);
        names.renounce(member);
        assertEquals(bob.name(), member.name());
        assertTaken(other, anotherBob, null);
    }

    @Test
    void aNewSpellingKeepsConfirmationAndTime() {
        take(member, bob);
        assertTrue(claim(member, guest("BOB", 1), null).result().confirmed());
        time.advance(Duration.ofMinutes(1));
        names.adopt(member, true);
        assertEquals(name("BOB"), member.name());
        assertHolders("bob", member);
        assertTrue(member.wrote(message("bob", 0, bob.author().account())), "under the old spelling");
    }

    @Test
    void confirmingWithoutANameChangesNothing() {
        member.confirm();
        assertNull(member.name());
    }

    // Losing and taking back.

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

    // Secrets.

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

    // Replacement.

    @Test
    void aGuestReplacesTheirOwnMemberByTheSecret() {
        String secret = take(member, bob);
        NameRegistry.Outcome<TestMember> outcome = claim(other, anotherBob, secret);
        assertSame(member, outcome.replaced());
        assertSame(member.client(), outcome.result().replaced());
        assertTrue(outcome.result().confirmed());
        assertEquals(bob.participant(), outcome.result().identity().participant());
        assertNull(member.participant());
        assertHolders("bob", other);
    }

    @Test
    void aGuestReplacesTheirOwnMemberAsTheSameParticipant() {
        take(member, bob);
        assertTrue(names.grants(other, new NameClaim(bob, null)));
        assertSame(member, take(other, bob, null).replaced());
        assertEquals(bob.name(), other.name());
    }

    @Test
    void aClaimReplacesItsPredecessorInEveryChannel() {
        String secret = take(member, bob);
        NameClaim claim = names.recognised(new NameClaim(anotherBob, secret), now());
        assertEquals(member.client(), claim.predecessor());
        NameRegistry<TestMember> boats =
                new NameRegistry<>(places, time.clocks().clock());
        TestMember there = new TestMember(member.client());
        // As another participant, with a secret that the claimant does not show.
        boats.claim(there, new NameClaim(guest("bob", 5), null), now());
        boats.adopt(there, true);
        TestMember next = new TestMember();
        assertFalse(boats.grants(next, new NameClaim(anotherBob, null)));
        assertTrue(boats.grants(next, claim));
        assertSame(there, boats.claim(next, claim, now()).replaced());
    }

    @Test
    void whoTakesThePlaceOfAPresentMemberIsPresentAtOnceUnderItsSpelling() {
        String secret = take(member, bob);
        NameRegistry.Outcome<TestMember> outcome = claim(other, anotherBob, secret);
        assertNull(outcome.absent());
        assertEquals(bob.name(), other.name());
        assertNull(member.name());
        names.adopt(other, true);
        assertEquals(anotherBob.name(), other.name());
    }

    @Test
    void whoIsPresentUnderAnotherNameDoesNotTakeThePlace() {
        String secret = take(member, bob);
        take(other, guest("carol", 2));
        NameRegistry.Outcome<TestMember> outcome = claim(other, anotherBob, secret);
        assertEquals(bob.name(), outcome.absent());
        assertEquals(name("carol"), other.name());
    }

    @Test
    void aMemberThatWasNotPresentHasNoPlaceToTake() {
        String secret = claim(member, bob, null).result().secret();
        names.adopt(member, false);
        NameRegistry.Outcome<TestMember> outcome = claim(other, anotherBob, secret);
        assertSame(member, outcome.replaced());
        assertNull(outcome.absent());
        assertNull(other.name());
    }

    @Test
    void renouncingGivesUpThePlace() {
        String secret = take(member, bob);
        claim(other, anotherBob, secret);
        names.renounce(other);
        assertNull(other.name());
        assertHolders("bob");
    }

    // Accounts.

    @Test
    void anAccountHasPrecedenceOverAGuest() {
        take(member, bob);
        assertTrue(names.grants(other, new NameClaim(account, null)));
        NameRegistry.Outcome<TestMember> outcome = take(other, account, null);
        assertSame(member, outcome.replaced());
        assertEquals(bob.name(), outcome.absent(), "the account is another user");
        assertFalse(outcome.result().confirmed());
        assertEquals(account.participant(), other.participant());
    }

    @Test
    void anAccountDoesNotBecomeTheGuestWhoseSecretItShows() {
        String secret = take(member, bob);
        assertEquals(account, take(other, account, secret).result().identity());
    }

    @Test
    void noGuestAndNoOtherAccountReplacesAnAccount() {
        String secret = take(member, account);
        assertTaken(other, bob, null);
        assertTaken(other, bob, secret);
        assertTaken(other, account("bob", 8), null);
        assertEquals(account.participant(), member.participant());
    }

    @Test
    void theConnectionsOfAnAccountShareTheName() {
        take(member, account);
        NameRegistry.Outcome<TestMember> outcome = take(other, account, null);
        assertNull(outcome.replaced());
        assertHolders("bob", member, other);
        names.lose(member, now());
        assertHolders("bob", other);
        assertTaken(member, bob, null);
        names.lose(other, now());
        take(member, bob);
    }

    @Test
    void aSecondClaimOfAnAccountDoesNotListItTwice() {
        take(member, account);
        take(member, account);
        assertHolders("bob", member);
        names.lose(member, now());
        assertHolders("bob");
    }

    @Test
    void aMemberMayTakeItsNameAgainAsAnotherUser() {
        take(member, account);
        UserIdentity recreated = account("bob", 8);
        assertTrue(names.grants(member, new NameClaim(recreated, null)));
        take(member, recreated);
        assertEquals(recreated.participant(), member.participant());
        assertHolders("bob", member);
    }

    @Test
    void anAccountLeavesNothingToBeRemembered() {
        take(member, account);
        names.lose(member, now());
        assertTrue(names.isForgettable(now()));
    }

    // Memory.

    @Test
    void isForgettableWhenNoLostNameCanBeTakenBack() {
        assertTrue(names.isForgettable(now()));
        take(member, bob);
        names.lose(member, now());
        assertFalse(names.isForgettable(now()));
        time.advance(PAST_MEMORY);
        assertTrue(names.isForgettable(now()));
        assertEquals(PLACES, places.availablePermits());
    }

    @Test
    void isForgettableOnceALostNameHasBeenTakenBack() {
        String secret = take(member, bob);
        names.lose(member, now());
        take(other, anotherBob, secret);
        assertTrue(names.isForgettable(now()));
    }

    @Test
    void forgettingReturnsThePlaces() {
        take(member, bob);
        names.lose(member, now());
        assertEquals(PLACES - 1, places.availablePermits());
        names.forgetAll();
        assertEquals(PLACES, places.availablePermits());
    }

    // Authors.

    /** @param seconds when it was stored, after the first claim of a test */
    private StoredMessage message(String name, long seconds, long accountId) {
        long start = new FakeTime().clocks().clock().millis() * 1_000;
        return new StoredMessage(start + seconds * 1_000_000, 0, new Author(name(name), accountId), "hi");
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
