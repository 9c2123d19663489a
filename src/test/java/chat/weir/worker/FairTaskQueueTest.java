package chat.weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairTaskQueueTest {
    private final List<String> done = new ArrayList<>();

    private boolean offer(FairTaskQueue queue, String asker, String task) {
        return queue.offer(asker, () -> done.add(task));
    }

    @Test
    void servesSubmittersInTurn() throws InterruptedException {
        FairTaskQueue queue = new FairTaskQueue("test", 2, 100);
        for (int i = 0; i < 5; i++) {
            offer(queue, "flood", "flood" + i);
        }
        offer(queue, "a", "a");
        offer(queue, "b", "b");
        for (int i = 0; i < 7; i++) {
            queue.serve();
        }
        assertEquals(List.of("flood0", "a", "b", "flood1", "flood2", "flood3", "flood4"), done);
    }

    @Test
    void leavesRoomForOtherSubmitters() {
        FairTaskQueue queue = new FairTaskQueue("test", 2, 10);
        int taken = 0;
        while (offer(queue, "flood", "flood")) {
            taken++;
        }
        assertTrue(taken < 10, "there is room for another");
        assertTrue(offer(queue, "a", "a"));
    }

    @Test
    void isBounded() {
        FairTaskQueue queue = new FairTaskQueue("test", 2, 10);
        for (int i = 0; i < 10; i++) {
            assertTrue(offer(queue, "asker" + i, "task"));
        }
        assertFalse(offer(queue, "one more", "task"));
    }

    @Test
    void hasWorkWhileATaskWaitsOrEveryThreadIsBusy() throws InterruptedException {
        FairTaskQueue queue = new FairTaskQueue("test", 2, 10);
        assertFalse(queue.hasWork());
        List<Boolean> seen = new ArrayList<>();
        queue.offer("a", () -> serveAnother(queue, seen));
        assertTrue(queue.hasWork());
        queue.serve();
        assertEquals(List.of(false, true, false), seen);
        assertFalse(queue.hasWork());
        assertEquals(4, queue.steps());
    }

    /** Takes a task on a second thread while the first is busy. */
    private static void serveAnother(FairTaskQueue queue, List<Boolean> seen) {
        seen.add(queue.hasWork());
        queue.offer("b", () -> seen.add(queue.hasWork()));
        try {
            queue.serve();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        seen.add(queue.hasWork());
    }
}
