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
    private static final long ROOM = 1_000;

    private final AtomicLong room = new AtomicLong(ROOM);
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
        assertEquals(ROOM - 300 - 2 * Inbox.OVERHEAD, room.get());
        assertEquals(envelope, inbox.next());
        assertEquals(second, inbox.next());
        assertNull(inbox.next());
        assertEquals(ROOM, room.get());
        assertFalse(inbox.parks(envelope, 10));
    }

    @Test
    void refusesWhatIsTooMuchForOneOrForAll() {
        inbox.hold();
        assertThrows(ErrorReply.class, () -> inbox.parks(envelope, (int) ROOM));
        assertEquals(ROOM, room.get());
        room.set(1_000_000);
        Inbox other = new Inbox(room);
        other.hold();
        other.parks(envelope, Inbox.MAX_PARKED_BYTES - 2 * Inbox.OVERHEAD - 1);
        other.parks(envelope, 1);
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
