package chat.weir.history.sql;

import chat.weir.history.MessageDraft;
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
 * The loop of the log's thread: takes the queued drafts, stores them, and reports the outcome to them. A batch that
 * fails is not tried again, since those who sent it wait for an answer; the next one is, so that all goes on by itself
 * once the database is back.
 *
 * <p>Threading: run by the log's thread alone; {@link #stop} and {@link #problem} by any.
 */
final class GroupCommitLoop implements ServiceThread.Step {
    private static final Logger log = LoggerFactory.getLogger(GroupCommitLoop.class);

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
    private final BatchTransaction writer;
    private final DraftCallbacks draftCallbacks;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final InDoubtBatch inDoubtBatch;

    private volatile @Nullable String problem;

    private final TaskProgress progress;

    private long loggedNanos = System.nanoTime() - QUIET_NANOS;

    /** @param nanoTime tells for how long a draft has waited */
    GroupCommitLoop(DraftQueue queue, BatchTransaction writer, DraftCallbacks draftCallbacks, LongSupplier nanoTime) {
        this.queue = queue;
        this.writer = writer;
        this.draftCallbacks = draftCallbacks;
        this.nanoTime = nanoTime;
        this.inDoubtBatch = new InDoubtBatch(writer, stopped);
        this.progress = new TaskProgress("message log", queue::isWaiting);
    }

    /** Each draft that is taken hears what became of it, whatever is thrown meanwhile. */
    @Override
    public boolean run() throws InterruptedException {
        if (queue.isFinished() || stopped.getCount() == 0) {
            finish();
            return false;
        }
        List<DraftQueue.WaitingDraft> taken = queue.take(MAX_BATCH, IDLE);
        progress.begin();
        try {
            serve(taken);
        } finally {
            progress.end();
        }
        return true;
    }

    private void serve(List<DraftQueue.WaitingDraft> taken) throws InterruptedException {
        if (taken.isEmpty()) {
            rest();
            return;
        }
        List<MessageDraft> untold = drafts(taken);
        try {
            List<MessageDraft> inTime = failLate(taken);
            untold = inTime;
            Outcome outcome = inTime.isEmpty() ? tell -> {} : store(inTime);
            untold = List.of();
            outcome.tell(draftCallbacks);
        } finally {
            draftCallbacks.failed(untold, FAILED);
        }
    }

    /** What the drafts of a batch are told once their fate is known. */
    private interface Outcome {
        void tell(DraftCallbacks draftCallbacks);
    }

    private void finish() {
        queue.close();
        draftCallbacks.failed(drafts(queue.takeAll()), FAILED);
        writer.close();
    }

    /** For the watchdog. */
    Progress progress() {
        return progress;
    }

    /** Why messages cannot be stored now, as far as the last attempt tells. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** What is not stored yet will not be. */
    void stop() {
        stopped.countDown();
    }

    /** Fails those that have waited too long. @return the others */
    private List<MessageDraft> failLate(List<DraftQueue.WaitingDraft> taken) {
        long now = nanoTime.getAsLong();
        List<MessageDraft> inTime = new ArrayList<>(taken.size());
        List<MessageDraft> late = new ArrayList<>();
        for (DraftQueue.WaitingDraft waitingDraft : taken) {
            (now - waitingDraft.sinceNanos() > LONGEST_WAIT.toNanos() ? late : inTime).add(waitingDraft.draft());
        }
        draftCallbacks.failed(late, LATE);
        return inTime;
    }

    private static List<MessageDraft> drafts(List<DraftQueue.WaitingDraft> waiting) {
        return waiting.stream().map(DraftQueue.WaitingDraft::draft).toList();
    }

    /** While nothing can be stored, finds out whether that is over, so that it is known before the next message. */
    private void rest() {
        try {
            inDoubtBatch.clear();
            if (problem != null) {
                writer.probe();
                succeeded();
            }
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
        }
        writer.close();
    }

    private Outcome store(List<MessageDraft> drafts) throws InterruptedException {
        List<StampedDraft> batch;
        try {
            inDoubtBatch.clear();
            batch = writer.prepare(drafts);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            return told -> told.failed(drafts, FAILED);
        }
        // Until the commit has returned, whatever ends this method: it may have happened.
        inDoubtBatch.leave(batch);
        long begin = System.nanoTime();
        try {
            writer.commit(batch);
            draftCallbacks.committed(batch.size(), System.nanoTime() - begin);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            return resolved(batch, drafts);
        }
        inDoubtBatch.leave(List.of());
        succeeded();
        return told -> told.stored(batch);
    }

    private Outcome resolved(List<StampedDraft> batch, List<MessageDraft> drafts) throws InterruptedException {
        Optional<Boolean> stored = inDoubtBatch.resolve(batch);
        if (stored.isEmpty()) {
            return told -> told.failed(drafts, UNKNOWN);
        }
        return stored.get() ? told -> told.stored(batch) : told -> told.failed(drafts, FAILED);
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
        if (now - loggedNanos >= QUIET_NANOS) {
            loggedNanos = now;
            log.error("messages could not be stored: {}", problem, cause);
        }
    }
}
