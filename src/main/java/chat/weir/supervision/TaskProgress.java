package chat.weir.supervision;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The progress of a thread that takes tasks from a queue. It has work while a task runs or others are queued. A task
 * that hangs counts as work even if the queue is empty.
 *
 * <p>Threading: {@link #begin} and {@link #end} are confined to the thread; the other methods are safe.
 */
public final class TaskProgress implements Progress {
    private final String part;
    private final BooleanSupplier isWaiting;

    /** Incremented at the beginning and end of a task, so it is odd while one runs. */
    private final AtomicLong steps = new AtomicLong();

    /** @param isWaiting whether tasks are queued */
    public TaskProgress(String part, BooleanSupplier isWaiting) {
        this.part = part;
        this.isWaiting = isWaiting;
    }

    /** The thread begins a task. */
    public void begin() {
        step();
    }

    /** The task has ended, with or without success. */
    public void end() {
        step();
    }

    private void step() {
        // Only one thread writes, so no atomic increment is needed.
        steps.setRelease(steps.getPlain() + 1);
    }

    @Override
    public String part() {
        return part;
    }

    @Override
    public boolean hasWork() {
        return steps.get() % 2 != 0 || isWaiting.getAsBoolean();
    }

    @Override
    public long steps() {
        return steps.get();
    }
}
