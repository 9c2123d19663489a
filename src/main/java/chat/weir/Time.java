package chat.weir;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * All that the server knows of time, so that tests can give it another.
 *
 * @param clock the time of day
 * @param nanoTime a clock that is never set, in nanoseconds
 * @param scheduler drives heartbeats, deadlines and cleaning; a single thread
 */
public record Time(Clock clock, LongSupplier nanoTime, ScheduledExecutorService scheduler) {

    /** The machine's. */
    public static Time real() {
        return new Time(Clock.systemUTC(), System::nanoTime, Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "weir-scheduler");
            thread.setDaemon(true);
            return thread;
        }));
    }
}
