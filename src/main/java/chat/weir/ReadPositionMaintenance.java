package chat.weir;

import chat.weir.account.ReadPositions;
import chat.weir.protocol.ChatException;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the collected read positions every second. If the database is unavailable, retries, and logs that once.
 *
 * <p>Threading: safe.
 */
final class ReadPositionMaintenance {
    private static final Logger log = LoggerFactory.getLogger(ReadPositionMaintenance.class);
    private static final long EVERY_SECONDS = 1;

    private final ReadPositions readPositions;
    private final WorkerPools workerPools;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final AtomicBoolean isFailing = new AtomicBoolean();

    ReadPositionMaintenance(ReadPositions readPositions, WorkerPools workerPools) {
        this.readPositions = readPositions;
        this.workerPools = workerPools;
    }

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::begin, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs one round at a time: during an outage, several would occupy all threads of the worker pool. */
    private void begin() {
        if (readPositions.waiting() == 0 || !isRunning.compareAndSet(false, true)) {
            return;
        }
        try {
            workerPools.submitQuery("", this::round);
        } catch (ChatException e) {
            isRunning.set(false);
            logFailure(e);
        } catch (Throwable e) {
            // An uncaught exception would cancel the schedule silently.
            isRunning.set(false);
            log.error("writing read positions failed", e);
        }
    }

    private void round() {
        try {
            readPositions.flush();
            if (isFailing.getAndSet(false)) {
                log.info("read positions are stored again");
            }
        } catch (ChatException e) {
            logFailure(e);
        } finally {
            isRunning.set(false);
        }
    }

    private void logFailure(ChatException why) {
        if (isFailing.getAndSet(true)) {
            log.debug("storing read positions failed again, will retry: {}", why.text());
        } else {
            log.warn("storing read positions failed, will retry: {}", why.text());
        }
    }
}
