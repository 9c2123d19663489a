package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of bans and mutes, and their limits, on every engine. */
abstract class EndsContract extends ModerationFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void endsAfterItsDuration() {
        ban(BOB, IN_FISHING, seconds(60));
        Moderation restarted = node();
        time.advance(MINUTE.minusNanos(1));
        for (Moderation at : List.of(moderation, restarted, node())) {
            assertEquals(Duration.ofNanos(1), left(at.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
            assertTrue(at.findAt(SanctionType.BAN, IN_FISHING, HERE).isPresent());
        }
        time.advance(Duration.ofNanos(1));
        for (Moderation at : List.of(moderation, restarted, node())) {
            assertFalse(isBanned(at, BOB, IN_FISHING));
            assertTrue(at.findAt(SanctionType.BAN, IN_FISHING, HERE).isEmpty());
            assertEquals(List.of(), inMemory(at));
        }
        assertEquals(1, stored().size(), "it is still stored, but not found");
        assertReply(ErrorCode.NOT_FOUND, () -> moderation.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE));
    }

    @Test
    void reportsTheRemainingDuration() {
        moderation.put(SanctionType.MUTE, ADMIN, ALICE, IN_FISHING, seconds(600));
        time.advance(Duration.ofMillis(1_500));
        assertEquals(Duration.ofMillis(598_500), left(moderation.find(SanctionType.MUTE, IN_FISHING, ALICE.subject())));
    }

    /** Starts at any fraction of a second; nothing is rounded to whole seconds. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 400, 900, 999})
    void endsToTheMillisecondEvenAfterARestart(long beganAtMillis) {
        time.advance(Duration.ofMillis(beganAtMillis));
        ban(BOB, IN_FISHING, seconds(8));
        assertEquals(Duration.ofSeconds(8), left(moderation.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
        Moderation restarted = node();
        time.advance(Duration.ofSeconds(8).minusNanos(1));
        assertTrue(isBanned(BOB));
        assertTrue(isBanned(restarted, BOB, IN_FISHING));
        time.advance(Duration.ofNanos(1));
        assertFalse(isBanned(BOB));
        assertFalse(isBanned(restarted, BOB, IN_FISHING));
    }

    /** Clocks have a finer resolution than the database. */
    @Test
    void neverLastsLongerThanRequested() {
        time.advance(Duration.ofNanos(500_001));
        ban(BOB, IN_FISHING, seconds(8));
        for (Moderation at : List.of(moderation, node())) {
            Duration left = Objects.requireNonNull(left(at.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
            assertTrue(left.compareTo(Duration.ofSeconds(8)) <= 0, left::toString);
            assertTrue(left.compareTo(Duration.ofMillis(7_999)) >= 0, left::toString);
        }
    }

    @Test
    void limitsTheSanctionsOfOneChannel() {
        Moderation small = node(database, new ModerationLimits(5, 2, Integer.MAX_VALUE, Duration.ofNanos(1)));
        IntStream.range(0, 2)
                .forEach(i -> small.put(SanctionType.BAN, ADMIN, guest("g" + i, null), IN_FISHING, seconds(60)));
        String text = assertReply(
                        ErrorCode.CONFLICT, () -> small.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood("")))
                .text();
        assertEquals("the channel already has 2 bans and mutes, which is the limit", text);
        small.put(SanctionType.BAN, ADMIN, guest("g1", null), IN_FISHING, seconds(60));
        small.put(SanctionType.BAN, ADMIN, BOB, IN_BOATS, forGood(""));
        IntStream.range(0, 2)
                .forEach(i -> small.put(SanctionType.BAN, ADMIN, guest("g" + i, null), Scope.EVERYWHERE, seconds(60)));
        small.lift(SanctionType.BAN, ADMIN, guest("g0", null), IN_FISHING, Reason.NONE);
        small.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood(""));
        time.advance(MINUTE);
        small.put(SanctionType.MUTE, ADMIN, guest("carl", ELSEWHERE), IN_FISHING, forGood(""));
        assertEquals(inMemory(small), stored(), "expired ones were removed to make room");
    }

    @Test
    void limitsTheActionsOfOneActor() {
        Moderation limited = node(database, new ModerationLimits(100, 100, 3, Duration.ofSeconds(2)));
        limited.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""));
        limited.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE);
        limited.kick(ADMIN, BOB, IN_FISHING, Reason.NONE);
        assertReply(ErrorCode.FORBIDDEN, () -> limited.kick(CAROL, BOB, IN_FISHING, Reason.NONE));
        assertEquals(
                2_000,
                assertReply(ErrorCode.TOO_MANY, () -> limited.kick(ADMIN, BOB, IN_FISHING, Reason.NONE))
                        .retryAfterMillis());
        assertReply(ErrorCode.TOO_MANY, () -> limited.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood("")));
        assertReply(ErrorCode.TOO_MANY, () -> limited.role(ADMIN, ALICE, FISHING, Role.MODERATOR));
        Actor other = new Actor(new Subject.OfAccount(9, name("rita")), true);
        limited.role(other, ALICE, FISHING, Role.MODERATOR);
        limited.kick(ALICE, BOB, IN_FISHING, Reason.NONE);
        time.advance(Duration.ofSeconds(2));
        limited.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood(""));
        assertReply(ErrorCode.TOO_MANY, () -> limited.kick(ADMIN, BOB, IN_FISHING, Reason.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "-PT24H", "P100000D", "-P100000D"})
    void isNotAffectedByAStepOfTheClock(Duration step) {
        ban(BOB, IN_FISHING, seconds(60));
        time.stepClock(step);
        moderation.refresh();
        moderation.removeExpired();
        time.advance(MINUTE.minusNanos(1));
        assertEquals(Duration.ofNanos(1), left(moderation.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
        assertEquals(1, stored().size());
        time.advance(Duration.ofNanos(1));
        assertFalse(isBanned(BOB));
        moderation.removeExpired();
        assertEquals(List.of(), stored());
    }

    @Test
    void endsByTheWallClockAfterARestart() {
        ban(BOB, IN_FISHING, seconds(60));
        time.stepClock(Duration.ofSeconds(20));
        assertEquals(Duration.ofSeconds(40), left(node().find(SanctionType.BAN, IN_FISHING, BOB.subject())));
        time.stepClock(Duration.ofSeconds(40));
        assertFalse(isBanned(node(), BOB, IN_FISHING));
    }

    @Test
    void removesOnlyExpiredSanctions() {
        IntStream.range(0, 5).forEach(i -> ban(guest("guest" + i, "10.0.0." + i), IN_FISHING, seconds(60)));
        ban(ALICE, IN_FISHING, forGood(""));
        ban(BOB, IN_FISHING, seconds(61));
        time.advance(MINUTE);
        moderation.removeExpired();
        assertEquals(inMemory(moderation), stored());
        assertEquals(2, stored().size());
        time.advance(MINUTE);
        moderation.removeExpired();
        assertEquals(1, stored().size());
    }

    @Test
    void keepsASanctionThatAnotherNodeHasRenewed() {
        ban(BOB, IN_FISHING, seconds(60));
        time.advance(MINUTE);
        Moderation other = node();
        other.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood("again"));
        moderation.removeExpired();
        assertEquals(1, stored().size());
        moderation.refresh();
        assertTrue(isBanned(BOB));
    }

    @Test
    void removesASanctionThatAnotherNodeReplacedByAnExpiredOne() {
        ban(BOB, IN_FISHING, forGood(""));
        Moderation other = node();
        other.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, seconds(1));
        time.advance(Duration.ofSeconds(1));
        other.removeExpired();
        assertTrue(isBanned(BOB), "the other node has not been notified yet");
        moderation.refresh();
        assertFalse(isBanned(BOB));
    }

    @Test
    void refusesSanctionsOverTheLimit() {
        Moderation small = node(database, 3);
        IntStream.range(0, 3)
                .forEach(i -> small.put(SanctionType.BAN, ADMIN, guest("g" + i, null), IN_FISHING, seconds(60)));
        String text = assertReply(
                        ErrorCode.CONFLICT, () -> small.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood("")))
                .text();
        assertEquals("the server already has 3 bans and mutes, which is the limit", text);
        small.put(SanctionType.BAN, ADMIN, guest("g0", null), IN_FISHING, seconds(90));
        assertEquals(3, stored().size());
        time.advance(MINUTE);
        small.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood(""));
        assertEquals(inMemory(small), stored());
        assertEquals(2, stored().size(), "expired ones were removed to make room");
    }

    @Test
    void countsSanctionsOfAnotherNode() {
        Moderation small = node(database, 3);
        IntStream.range(0, 3).forEach(i -> ban(guest("g" + i, null), IN_FISHING, seconds(60)));
        assertReply(ErrorCode.CONFLICT, () -> small.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood("")));
        assertEquals(3, stored().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 36_500L * 86_400 + 1, Long.MAX_VALUE})
    void refusesInvalidDurations(long seconds) {
        assertReply(ErrorCode.MALFORMED, () -> seconds(seconds));
    }

    @Test
    void acceptsTheLongestDuration() {
        ban(BOB, IN_FISHING, seconds(36_500L * 86_400));
        time.advance(SanctionTerm.MAX_DURATION.minusSeconds(1));
        assertTrue(isBanned(BOB));
        time.advance(Duration.ofSeconds(1));
        assertFalse(isBanned(BOB));
    }
}
