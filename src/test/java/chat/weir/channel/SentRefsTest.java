package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class SentRefsTest {
    private static final long FIVE_MINUTES = SentRefs.REMEMBERED.toNanos();

    private final Semaphore places = new Semaphore(2 * SentRefs.MAX_ENTRIES);
    private final SentRefs refs = new SentRefs(places);
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
    void takesNoMorePlacesThanThereAreForAllChannels() {
        SentRefs others = new SentRefs(places);
        places.drainPermits();
        others.remember(bob, new Ack(1, 0, "r"), 0);
        assertNull(others.find(bob, "r", 0));
        places.release();
        refs.remember(bob, new Ack(1, 0, "first"), 0);
        refs.remember(bob, new Ack(2, 0, "second"), 0);
        assertNull(refs.find(bob, "first", 0));
        assertEquals(2, refs.find(bob, "second", 0).id());
        refs.forgetAll();
        assertEquals(1, places.availablePermits());
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
