package chat.weir.history.sql;

import chat.weir.history.EventDraft;
import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import chat.weir.supervision.TaskProgress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of the log thread: takes the queued drafts, stores them in one transaction, and reports the outcome. A
 * failed batch is not retried, since its senders wait for an answer. The next batch is tried normally, so the log
 * recovers by itself when the database is back.
 *
 * <p>Threading: run by the log thread; {@link #stop} and {@link #problem} are safe.
 */
final class GroupCommitLoop implements ServiceThread.Step {
    private static final Logger log = LoggerFactory.getLogger(GroupCommitLoop.class);

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    /** A larger transaction would delay its first messages by more than it saves. */
    private static final int MAX_BATCH = 1_024;
    /** After this time the connection goes back to its pool, which may replace it. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final long LOG_INTERVAL_NANOS = 1_000_000_000;

    // Texts of errors, with a place for what it was.
    private static final String FAILED = "the %s could not be stored and was not delivered: try again";
    private static final String LATE = "the %s could not be stored in time and was not delivered: try again";
    private static final String UNKNOWN = "it is unknown whether the %s was stored; it was not delivered, and it is"
            + " safe to send it again with the same ref";

    private final DraftQueue queue;
    private final BatchTransaction writer;
    private final DraftCallbacks draftCallbacks;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final InDoubtBatch inDoubtBatch;

    private volatile @Nullable String problem;

    private final TaskProgress progress;

    private long loggedNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

    /** @param nanoTime measures how long drafts have waited */
    GroupCommitLoop(DraftQueue queue, BatchTransaction writer, DraftCallbacks draftCallbacks, LongSupplier nanoTime) {
        this.queue = queue;
        this.writer = writer;
        this.draftCallbacks = draftCallbacks;
        this.nanoTime = nanoTime;
        this.inDoubtBatch = new InDoubtBatch(writer, stopped);
        this.progress = new TaskProgress("message log", queue::isWaiting);
    }

    /** Reports an outcome to every draft that it takes, even if an exception is thrown. */
    @Override
    public boolean run() throws InterruptedException {
        if (queue.isFinished() || stopped.getCount() == 0) {
            finish();
            return false;
        }
        List<DraftQueue.WaitingDraft> taken = queue.take(MAX_BATCH, IDLE);
        progress.begin();
        try {
            process(taken);
        } finally {
            progress.end();
        }
        return true;
    }

    private void process(List<DraftQueue.WaitingDraft> taken) throws InterruptedException {
        if (taken.isEmpty()) {
            idle();
            return;
        }
        List<EventDraft> unreported = drafts(taken);
        try {
            List<EventDraft> inTime = failLate(taken);
            unreported = inTime;
            Outcome outcome = inTime.isEmpty() ? callbacks -> {} : store(inTime);
            unreported = List.of();
            outcome.report(draftCallbacks);
        } finally {
            draftCallbacks.failed(unreported, FAILED);
        }
    }

    /** Reports the result of a batch to its drafts. */
    private interface Outcome {
        void report(DraftCallbacks draftCallbacks);
    }

    private void finish() {
        queue.close();
        draftCallbacks.failed(drafts(queue.takeAll()), FAILED);
        writer.close();
    }

    /** The progress of the loop, for the watchdog. */
    Progress progress() {
        return progress;
    }

    /** Why messages cannot be stored, according to the last attempt; empty if they can. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Ends the loop. Drafts that are not stored yet are failed. */
    void stop() {
        stopped.countDown();
    }

    /** Fails the drafts that have waited too long. @return the others */
    private List<EventDraft> failLate(List<DraftQueue.WaitingDraft> taken) {
        long now = nanoTime.getAsLong();
        List<EventDraft> inTime = new ArrayList<>(taken.size());
        List<EventDraft> late = new ArrayList<>();
        for (DraftQueue.WaitingDraft waitingDraft : taken) {
            (now - waitingDraft.sinceNanos() > MAX_WAIT.toNanos() ? late : inTime).add(waitingDraft.draft());
        }
        draftCallbacks.failed(late, LATE);
        return inTime;
    }

    private static List<EventDraft> drafts(List<DraftQueue.WaitingDraft> waiting) {
        return waiting.stream().map(DraftQueue.WaitingDraft::draft).toList();
    }

    /**
     * While the database fails, checks whether it works again, so that recovery does not depend on the next message.
     */
    private void idle() {
        try {
            draftCallbacks.storedAfterFailure(inDoubtBatch.clear());
            if (problem != null) {
                writer.probe();
                succeeded();
            }
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
        }
        writer.close();
    }

    private Outcome store(List<EventDraft> drafts) throws InterruptedException {
        StampedBatch batch;
        try {
            draftCallbacks.storedAfterFailure(inDoubtBatch.clear());
            batch = writer.prepare(drafts);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            return callbacks -> callbacks.failed(drafts, FAILED);
        }
        // The commit may succeed even if this method ends with an exception. Until it returns, the batch is in doubt.
        inDoubtBatch.set(batch.stored());
        long begin = System.nanoTime();
        try {
            writer.commit(batch.stored());
            draftCallbacks.committed(batch.stored().size(), System.nanoTime() - begin);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            return resolve(batch, drafts);
        }
        inDoubtBatch.unset();
        succeeded();
        return callbacks -> callbacks.stored(batch);
    }

    private Outcome resolve(StampedBatch batch, List<EventDraft> drafts) throws InterruptedException {
        Optional<Boolean> stored = inDoubtBatch.resolve(batch.stored());
        if (stored.isEmpty()) {
            return callbacks -> callbacks.failed(drafts, UNKNOWN);
        }
        return stored.get() ? callbacks -> callbacks.stored(batch) : callbacks -> callbacks.failed(drafts, FAILED);
    }

    private void succeeded() {
        if (problem != null) {
            problem = null;
            log.info("messages can be stored again");
        }
    }

    private void abandon(Throwable cause) {
        problem = writer.reasonOf(cause);
        draftCallbacks.commitFailed();
        writer.abandon();
        long now = System.nanoTime();
        if (now - loggedNanos >= LOG_INTERVAL_NANOS) {
            loggedNanos = now;
            log.error("storing messages failed: {}", problem, cause);
        }
    }
}
