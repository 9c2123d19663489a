package chat.weir.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scheduler without a thread: tasks run when the time is advanced. Supports only periodic tasks. As in the JDK, a
 * task that throws is not run again.
 */
final class FakeScheduler extends ScheduledThreadPoolExecutor {
    private final AtomicLong nanos;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::due));

    private record Task(Runnable body, long due, long period) {}

    FakeScheduler(AtomicLong nanos) {
        super(1);
        this.nanos = nanos;
    }

    synchronized void runUntil(long end) {
        while (nextDue() <= end) {
            runNext();
        }
        nanos.set(end);
    }

    /** Advances two schedulers together, in the order of their tasks. */
    synchronized void runUntil(long end, FakeScheduler other) {
        while (Math.min(nextDue(), other.nextDue()) <= end) {
            (nextDue() <= other.nextDue() ? this : other).runNext();
        }
        nanos.set(end);
    }

    private synchronized long nextDue() {
        return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().due();
    }

    private synchronized void runNext() {
        Task task = tasks.remove();
        nanos.set(Math.max(nanos.get(), task.due()));
        task.body().run();
        tasks.add(new Task(task.body(), task.due() + task.period(), task.period()));
    }

    private synchronized ScheduledFuture<?> repeat(Runnable body, long delay, long period, TimeUnit unit) {
        tasks.add(new Task(body, nanos.get() + unit.toNanos(delay), unit.toNanos(period)));
        return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable body, long delay, long period, TimeUnit unit) {
        return repeat(body, delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable body, long delay, long period, TimeUnit unit) {
        return repeat(body, delay, period, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> body, long delay, TimeUnit unit) {
        throw new IllegalStateException("nothing asks for this");
    }
}
