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
 * Takes over every few seconds what other nodes have done to whom, sends away who is banned and still present, and
 * forgets now and then what has ended. A database that is away is tried again, and said to be away once.
 *
 * <p>Threading: {@code rounds} is confined to the scheduler's thread; the rest is safe.
 */
final class ModerationMaintenance {
    private static final Logger log = LoggerFactory.getLogger(ModerationMaintenance.class);
    private static final long EVERY_SECONDS = 2;
    private static final int ROUNDS_TO_FORGET = 30;

    private final Moderation moderation;
    private final WorkerPools workerPools;
    private final Runnable enforcement;
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private final AtomicBoolean isBehind = new AtomicBoolean();
    private int rounds;

    /** @param enforcement sends away who is banned and still present */
    ModerationMaintenance(Moderation moderation, WorkerPools workerPools, Runnable enforcement) {
        this.moderation = moderation;
        this.workerPools = workerPools;
        this.enforcement = enforcement;
    }

    void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::begin, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** One round at a time: while the database is away they would occupy the threads of the worker pools. */
    private void begin() {
        if (!isUnderWay.compareAndSet(false, true)) {
            return;
        }
        rounds++;
        boolean forgets = rounds % ROUNDS_TO_FORGET == 0;
        try {
            workerPools.submitQuery("", () -> round(forgets));
        } catch (ChatException e) {
            isUnderWay.set(false);
            behind(e);
        } catch (Throwable e) {
            // Whatever left here would silently end all rounds.
            isUnderWay.set(false);
            log.error("the measures of other nodes could not be asked for", e);
        }
    }

    private void round(boolean forgets) {
        try {
            keepUp(forgets);
        } finally {
            // What is known here is carried out even while the database is away.
            enforce();
            isUnderWay.set(false);
        }
    }

    private void keepUp(boolean forgets) {
        try {
            moderation.refresh();
            if (forgets) {
                moderation.removeExpired();
            }
            if (isBehind.getAndSet(false)) {
                log.info("the measures of other nodes are taken over again");
            }
        } catch (ChatException e) {
            behind(e);
        }
    }

    private void enforce() {
        try {
            enforcement.run();
        } catch (RuntimeException | Error e) {
            log.error("bans could not be enforced again", e);
        }
    }

    private void behind(ChatException why) {
        if (isBehind.getAndSet(true)) {
            log.debug("the measures of other nodes are taken over later still: {}", why.text());
        } else {
            log.warn("the measures of other nodes are taken over later: {}", why.text());
        }
    }
}
