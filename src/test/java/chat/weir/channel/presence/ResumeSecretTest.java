package chat.weir.channel.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumeSecretTest {
    @Test
    void isRandomAndContainsTheNumberOfTheGuest() {
        for (long refOwner : new long[] {0, -1, Long.MIN_VALUE, 123_456_789_012L}) {
            String secret = ResumeSecret.random(refOwner);
            assertEquals(32, secret.length());
            assertEquals(OptionalLong.of(refOwner), ResumeSecret.refOwner(secret));
            assertNotEquals(
                    secret.substring(0, 20), ResumeSecret.random(refOwner).substring(0, 20));
        }
    }

    @Test
    void ignoresAnythingElse() {
        for (String other :
                Arrays.asList(null, "", "x", "Kbd2BNjwgQePREI83vvAMA", "\u00E4".repeat(32), "A".repeat(33))) {
            assertEquals(OptionalLong.empty(), ResumeSecret.refOwner(other));
        }
    }

    @Test
    void keepsTheNumberOfAGuestWhomTheProcessDoesNotKnow() {
        Random random = new Random(1);
        Participant first = Participant.newGuest(random, null);
        Participant again = Participant.newGuest(random, ResumeSecret.random(first.refOwner()));
        assertEquals(first.refOwner(), again.refOwner());
        assertNotEquals(first, again, "the secret gives no other right");
        assertNotEquals(
                first.refOwner(), Participant.newGuest(random, "unknown").refOwner());
    }
}
