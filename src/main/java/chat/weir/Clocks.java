package chat.weir;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The server's sources of time, so that tests can replace them.
 *
 * @param clock the time of day
 * @param nanoTime a clock that is never set, in nanoseconds
 * @param scheduler drives heartbeats and deadlines; a single thread, on which nothing may take long
 * @param maintenance drives what goes through all channels or encodes lists; another thread, which heartbeats do not
 *     wait for
 */
public record Clocks(
        Clock clock, LongSupplier nanoTime, ScheduledExecutorService scheduler, ScheduledExecutorService maintenance) {

    /** The machine's. */
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
