package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Turn turn = new Turn(nanos::get);

    @AfterEach
    void clear() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void cutsOffWhoKeepsItWaiting() {
        nanos.set(9);
        turn.cutOffAfter(10);
        assertFalse(Thread.currentThread().isInterrupted());
        nanos.set(10);
        turn.cutOffAfter(10);
        assertTrue(Thread.currentThread().isInterrupted());
        assertThrows(IOException.class, turn::beginWork);
    }

    @Test
    void interruptsNoWork() throws Exception {
        turn.beginWork();
        nanos.set(100);
        turn.cutOffAfter(10);
        assertFalse(Thread.currentThread().isInterrupted());
        turn.beginWaiting();
        nanos.set(109);
        turn.cutOffAfter(10);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void leavesNoInterruptForTheNext() {
        nanos.set(10);
        turn.cutOffAfter(10);
        turn.end();
        assertFalse(Thread.currentThread().isInterrupted());
        turn.cutOffAfter(0);
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
