package chat.weir;

import chat.weir.history.MessageIdGenerator;
import chat.weir.history.MessageLog;
import chat.weir.worker.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes messages that are older than the history is kept: looks for them soon after the start, and then every hour.
 *
 * <p>Threading: safe.
 */
final class HistoryRetention implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofHours(1);

    private final MessageLog log;
    private final Clock clock;
    private final Duration kept;
    private final BackgroundTask task = new BackgroundTask("message retention", this::step);

    /** @param kept how long messages are kept; zero: forever */
    HistoryRetention(MessageLog log, Clock clock, Duration kept) {
        this.log = log;
        this.clock = clock;
        this.kept = kept;
    }

    void start(ScheduledExecutorService scheduler) {
        if (!kept.isZero()) {
            task.start();
            Future<?> unused = scheduler.scheduleWithFixedDelay(
                    task::wake, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean step() {
        return log.removeSomeBefore(MessageIdGenerator.micros(clock.instant().minus(kept)));
    }

    /** Ends after the current step. */
    @Override
    public void close() {
        task.close();
    }
}
