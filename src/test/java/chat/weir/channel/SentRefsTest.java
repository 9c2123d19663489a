package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import org.junit.jupiter.api.Test;

class SentRefsTest {
    private static final long FIVE_MINUTES = SentRefs.REMEMBERED.toNanos();

    private final SentRefs refs = new SentRefs();
    private final UserName bob = UserName.parse("bob").orElseThrow();

    @Test
    void remembersForFiveMinutes() {
        Ack ack = new Ack(1, 2, "r");
        refs.remember(bob, ack, 0);
        assertEquals(ack, refs.find(bob, "r", FIVE_MINUTES));
        assertFalse(refs.isEmpty(FIVE_MINUTES));
        assertNull(refs.find(bob, "r", FIVE_MINUTES + 1));
        assertTrue(refs.isEmpty(FIVE_MINUTES + 1));
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        for (int i = 0; i <= SentRefs.MAX_ENTRIES; i++) {
            refs.remember(bob, new Ack(i, 0, "r" + i), 0);
        }
        assertNull(refs.find(bob, "r0", 0));
        assertEquals(1, refs.find(bob, "r1", 0).id());
    }
}
