package chat.weir;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The time sources and schedulers of the server, which tests can replace.
 *
 * @param clock the wall clock
 * @param nanoTime a monotonic clock in nanoseconds
 * @param scheduler runs heartbeats and timeouts on a single thread; tasks must be short
 * @param maintenance runs tasks that visit all channels or encode lists, on another thread, so that heartbeats are not
 *     delayed
 */
public record Clocks(
        Clock clock, LongSupplier nanoTime, ScheduledExecutorService scheduler, ScheduledExecutorService maintenance) {

    /** The real clocks, and new threads. */
    public static Clocks real() {
        return new Clocks(
                Clock.systemUTC(), System::nanoTime, scheduler("weir-scheduler"), scheduler("weir-maintenance"));
    }

    private static ScheduledExecutorService scheduler(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends both threads. */
    void stop() {
        scheduler.shutdownNow();
        maintenance.shutdownNow();
    }
}
