package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.moderation.model.Subject.OfAccount;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanctionIndexTest {
    private static final Subject ALICE =
            new OfAccount(2, UserName.parse("alice").orElseThrow());

    private final FakeTime time = new FakeTime();

    private Sanction endingIn(Duration duration) {
        long now = time.clocks().clock().millis();
        return new Sanction(
                1,
                SanctionType.BAN,
                Scope.EVERYWHERE,
                ALICE,
                List.of(),
                Reason.NONE,
                "root",
                now,
                now + duration.toMillis());
    }

    /** This can happen if an entry is read twice. */
    @Test
    void keepsTheKnownEnd() {
        SanctionIndex sanctions =
                new SanctionIndex(time.clocks().clock(), time.clocks().nanoTime());
        Sanction minute = endingIn(Duration.ofMinutes(1));
        sanctions.set(minute.key(), minute);
        time.stepClock(Duration.ofDays(1));
        sanctions.set(minute.key(), minute);
        assertEquals(
                Duration.ofMinutes(1),
                sanctions
                        .find(SanctionType.BAN, Scope.EVERYWHERE, ALICE)
                        .orElseThrow()
                        .left());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"})
    void toleratesAClockThatIsFarOff(Instant now) {
        SanctionIndex sanctions = new SanctionIndex(
                Clock.fixed(now, ZoneOffset.UTC), time.clocks().nanoTime());
        Sanction minute = endingIn(Duration.ofMinutes(1));
        sanctions.set(minute.key(), minute);
        boolean isLater = now.toEpochMilli() > minute.givenAtMillis();
        assertEquals(
                isLater,
                sanctions.find(SanctionType.BAN, Scope.EVERYWHERE, ALICE).isEmpty());
        time.advance(SanctionTerm.MAX_DURATION);
        assertTrue(sanctions.find(SanctionType.BAN, Scope.EVERYWHERE, ALICE).isEmpty());
    }
}
