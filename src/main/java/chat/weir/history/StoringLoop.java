package chat.weir.history;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log's thread does: takes the drafts that wait, has them stored, and tells them what became of them. A batch
 * that fails is not tried again, since those who sent it wait for an answer; the next one is, so that all goes on by
 * itself once the database is back.
 *
 * <p>Threading: run by the log's thread alone; {@link #stop} by any.
 */
final class StoringLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(StoringLoop.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** More in one transaction would cost the first of them more time than it would save. */
    private static final int MAX_BATCH = 1_024;
    /** After which the connection goes back to its pool, which knows when to renew it. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final long QUIET_NANOS = 1_000_000_000;

    private static final String FAILED = "the message could not be stored now: nobody saw it, try again";
    private static final String LATE = "the message could not be stored in time: nobody saw it, try again";
    private static final String UNKNOWN = "it is not known whether the message was stored: nobody saw it, and to send"
            + " it again with the same ref is safe";

    private final DraftQueue queue;
    private final LogWriter writer;
    private final Outcomes outcomes;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Doubts doubts;

    private long loggedNanos = System.nanoTime() - QUIET_NANOS;

    /** @param nanoTime tells for how long a draft has waited */
    StoringLoop(DraftQueue queue, LogWriter writer, Outcomes outcomes, LongSupplier nanoTime) {
        this.queue = queue;
        this.writer = writer;
        this.outcomes = outcomes;
        this.nanoTime = nanoTime;
        this.doubts = new Doubts(writer, stopped);
    }

    @Override
    public void run() {
        try {
            while (!queue.isFinished() && stopped.getCount() > 0) {
                turn(queue.take(MAX_BATCH, IDLE));
            }
        } catch (InterruptedException e) {
            log.warn("the message log was interrupted", e);
        } finally {
            queue.close();
            outcomes.failed(drafts(queue.takeAll()), FAILED);
            writer.close();
        }
    }

    /** What is not stored yet will not be. */
    void stop() {
        stopped.countDown();
    }

    private void turn(List<DraftQueue.Waiting> taken) throws InterruptedException {
        if (taken.isEmpty()) {
            rest();
            return;
        }
        long now = nanoTime.getAsLong();
        List<DraftQueue.Waiting> inTime = new ArrayList<>(taken.size());
        List<DraftQueue.Waiting> late = new ArrayList<>();
        for (DraftQueue.Waiting waiting : taken) {
            (now - waiting.sinceNanos() > LONGEST_WAIT.toNanos() ? late : inTime).add(waiting);
        }
        outcomes.failed(drafts(late), LATE);
        if (!inTime.isEmpty()) {
            store(drafts(inTime));
        }
    }

    private static List<Draft> drafts(List<DraftQueue.Waiting> waiting) {
        return waiting.stream().map(DraftQueue.Waiting::draft).toList();
    }

    private void rest() {
        try {
            doubts.clear();
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
        }
        writer.close();
    }

    private void store(List<Draft> drafts) throws InterruptedException {
        List<Given> batch;
        try {
            doubts.clear();
            batch = writer.prepare(drafts);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            outcomes.failed(drafts, FAILED);
            return;
        }
        try {
            writer.commit(batch);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            resolve(batch, drafts);
            return;
        }
        outcomes.stored(batch);
    }

    private void resolve(List<Given> batch, List<Draft> drafts) throws InterruptedException {
        Optional<Boolean> stored = doubts.resolve(batch);
        if (stored.isEmpty()) {
            outcomes.failed(drafts, UNKNOWN);
        } else if (stored.get()) {
            outcomes.stored(batch);
        } else {
            outcomes.failed(drafts, FAILED);
        }
    }

    private void abandon(Throwable cause) {
        writer.abandon();
        long now = System.nanoTime();
        if (now - loggedNanos >= QUIET_NANOS) {
            loggedNanos = now;
            log.error("messages could not be stored", cause);
        }
    }
}
