package chat.weir.supervision;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The progress of a thread that takes tasks from a queue. It has work while a task runs or others wait: a task that hangs
 * is work too, though the queue behind it may be empty.
 *
 * <p>Threading: {@link #begin} and {@link #end} are confined to the thread; the rest is safe.
 */
public final class TaskProgress implements Progress {
    private final String part;
    private final BooleanSupplier isWaiting;

    /** Counts begins and ends, so it is odd while a task runs. */
    private final AtomicLong steps = new AtomicLong();

    /** @param isWaiting whether tasks wait for the thread */
    public TaskProgress(String part, BooleanSupplier isWaiting) {
        this.part = part;
        this.isWaiting = isWaiting;
    }

    /** The thread has taken a task. */
    public void begin() {
        step();
    }

    /** The task is done, however it ended. */
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
