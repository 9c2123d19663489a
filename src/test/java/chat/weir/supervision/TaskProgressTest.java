package chat.weir.supervision;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private final TaskProgress progress = new TaskProgress("test", isWaiting::get);

    @Test
    void hasWorkWhileATaskWaitsOrRuns() {
        assertFalse(progress.hasWork());
        isWaiting.set(true);
        assertTrue(progress.hasWork());
        progress.begin();
        isWaiting.set(false);
        assertTrue(progress.hasWork());
        progress.end();
        assertFalse(progress.hasWork());
    }

    @Test
    void progressesWhenATaskStartsAndEnds() {
        long idle = progress.steps();
        progress.begin();
        long running = progress.steps();
        progress.end();
        assertNotEquals(idle, running);
        assertNotEquals(running, progress.steps());
        assertNotEquals(idle, progress.steps());
    }
}
