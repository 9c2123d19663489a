package chat.weir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ErrorReply;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final AtomicLong room = new AtomicLong(1_000);
    private final Inbox inbox = new Inbox(room);
    private final ClientEnvelope envelope = new ClientEnvelope.Heartbeat("x");

    @Test
    void parksNothingWhileNothingIsAway() {
        assertFalse(inbox.parks(envelope, 10));
        assertFalse(inbox.parksEnd());
    }

    @Test
    void handsOutInOrderAndGivesTheRoomBack() {
        inbox.hold();
        ClientEnvelope second = new ClientEnvelope.Heartbeat("y");
        assertTrue(inbox.parks(envelope, 100));
        assertTrue(inbox.parks(second, 200));
        assertEquals(700, room.get());
        assertEquals(envelope, inbox.next());
        assertEquals(second, inbox.next());
        assertNull(inbox.next());
        assertEquals(1_000, room.get());
        assertFalse(inbox.parks(envelope, 10));
    }

    @Test
    void refusesWhatIsTooMuchForOneOrForAll() {
        inbox.hold();
        assertThrows(ErrorReply.class, () -> inbox.parks(envelope, 1_001));
        assertEquals(1_000, room.get());
        for (int i = 0; i < Inbox.MAX_PARKED; i++) {
            inbox.parks(envelope, 1);
        }
        assertThrows(ErrorReply.class, () -> inbox.parks(envelope, 1));
        room.set(1_000_000);
        Inbox other = new Inbox(room);
        other.hold();
        other.parks(envelope, Inbox.MAX_PARKED_BYTES);
        assertThrows(ErrorReply.class, () -> other.parks(envelope, 1));
    }

    @Test
    void keepsTheEndForWhenAllBeforeItIsDone() {
        inbox.hold();
        inbox.parks(envelope, 1);
        assertTrue(inbox.parksEnd());
        assertFalse(inbox.isAbandoned());
        assertFalse(inbox.hasEnded());
        inbox.next();
        assertTrue(inbox.isAbandoned());
        inbox.next();
        assertTrue(inbox.hasEnded());
    }
}
