package chat.weir;

import chat.weir.moderation.Moderation;
import chat.weir.protocol.ChatException;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every few seconds, applies the moderation actions of other nodes, and disconnects banned users who are still
 * present. From time to time, removes expired sanctions. If the database is unavailable, retries, and logs that once.
 *
 * <p>Threading: {@code rounds} is confined to the scheduler thread; the rest is safe.
 */
final class ModerationMaintenance {
    private static final Logger log = LoggerFactory.getLogger(ModerationMaintenance.class);
    private static final long EVERY_SECONDS = 2;
    private static final int ROUNDS_PER_CLEANUP = 30;

    private final Moderation moderation;
    private final WorkerPools workerPools;
    private final Runnable enforcement;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private int rounds;

    /** @param enforcement disconnects banned users */
    ModerationMaintenance(Moderation moderation, WorkerPools workerPools, Runnable enforcement) {
        this.moderation = moderation;
        this.workerPools = workerPools;
        this.enforcement = enforcement;
    }

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::begin, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs one round at a time: during an outage, several would occupy all threads of the worker pool. */
    private void begin() {
        if (!isRunning.compareAndSet(false, true)) {
            return;
        }
        rounds++;
        boolean cleansUp = rounds % ROUNDS_PER_CLEANUP == 0;
        try {
            workerPools.submitQuery("", () -> round(cleansUp));
        } catch (ChatException e) {
            isRunning.set(false);
            logFailure(e);
        } catch (Throwable e) {
            // An uncaught exception would cancel the schedule silently.
            isRunning.set(false);
            log.error("applying the moderation actions of other nodes failed", e);
        }
    }

    private void round(boolean cleansUp) {
        try {
            refresh(cleansUp);
        } finally {
            // Enforce the known bans even if the database is unavailable.
            enforce();
            isRunning.set(false);
        }
    }

    private void refresh(boolean cleansUp) {
        try {
            moderation.refresh();
            if (cleansUp) {
                moderation.removeExpired();
            }
            if (isFailing.getAndSet(false)) {
                log.info("the moderation actions of other nodes are applied again");
            }
        } catch (ChatException e) {
            logFailure(e);
        }
    }

    private void enforce() {
        try {
            enforcement.run();
        } catch (RuntimeException | Error e) {
            log.error("enforcing bans failed", e);
        }
    }

    private void logFailure(ChatException why) {
        if (isFailing.getAndSet(true)) {
            log.debug("applying the moderation actions of other nodes failed again, will retry: {}", why.text());
        } else {
            log.warn("applying the moderation actions of other nodes failed, will retry: {}", why.text());
        }
    }
}
