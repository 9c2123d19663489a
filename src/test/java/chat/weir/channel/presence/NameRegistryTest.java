package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NameRegistryTest extends NameRegistryFixture {
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
                new NameRegistry<>(permits, time.clocks().clock());
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
}
