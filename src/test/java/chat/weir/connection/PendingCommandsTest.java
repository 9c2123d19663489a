package chat.weir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.worker.MemoryBudget;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final int MAX_BYTES = 1_000;

    private final MemoryBudget budget = new MemoryBudget(MAX_BYTES);
    private final PendingCommands pendingCommands = new PendingCommands(budget);
    private final ClientEnvelope envelope = new ClientEnvelope.Heartbeat("x");

    @Test
    void parksNothingWhileNoCommandIsPending() {
        assertFalse(pendingCommands.parks(envelope, 10));
        assertFalse(pendingCommands.parksEnd());
    }

    @Test
    void returnsCommandsInOrderAndReleasesTheirMemory() {
        pendingCommands.begin();
        ClientEnvelope second = new ClientEnvelope.Heartbeat("y");
        assertTrue(pendingCommands.parks(envelope, 100));
        assertTrue(pendingCommands.parks(second, 200));
        assertEquals(300 + 2 * PendingCommands.OVERHEAD, budget.used());
        assertEquals(envelope, pendingCommands.next());
        assertEquals(second, pendingCommands.next());
        assertNull(pendingCommands.next());
        assertEquals(0, budget.used());
        assertFalse(pendingCommands.parks(envelope, 10));
    }

    @Test
    void refusesCommandsOverTheLimitOfOneOrOfAllConnections() {
        pendingCommands.begin();
        assertThrows(ChatException.class, () -> pendingCommands.parks(envelope, MAX_BYTES));
        assertEquals(0, budget.used());
        PendingCommands other = new PendingCommands(new MemoryBudget(1_000_000));
        other.begin();
        other.parks(envelope, PendingCommands.MAX_PARKED_BYTES - 2 * PendingCommands.OVERHEAD - 1);
        other.parks(envelope, 1);
        assertThrows(ChatException.class, () -> other.parks(envelope, 1));
    }

    @Test
    void runsTheEndAfterAllEarlierCommands() {
        pendingCommands.begin();
        pendingCommands.parks(envelope, 1);
        assertTrue(pendingCommands.parksEnd());
        assertFalse(pendingCommands.isAbandoned());
        assertFalse(pendingCommands.hasEnded());
        pendingCommands.next();
        assertTrue(pendingCommands.isAbandoned());
        pendingCommands.next();
        assertTrue(pendingCommands.hasEnded());
    }
}
