package chat.weir.history.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves a batch whose commit failed: it is unknown whether the batch was stored.
 *
 * <p>Until this is resolved, nothing else is stored; otherwise newer messages could be delivered before older ones.
 * For a few seconds this class queries the database, and then reports the true outcome to the drafts. If the database
 * does not answer in that time, the drafts fail with the outcome unknown. A sender that repeats the message with the
 * same ref then stores a new one. Therefore, when the database is back, the messages of a batch that turns out to be
 * stored are removed before anything else is stored. Otherwise the message would exist twice, or the history would
 * contain a message that was never delivered. Changes are delivered then: to apply one twice does no harm.
 *
 * <p>Rejected alternatives: to keep such a batch and deliver it late, because its senders may have repeated their
 * messages by then; and to let drafts wait until the database is back, because that time has no limit. Remaining gaps:
 * until it is removed, such a message can be read in the history, and another server on the same database may recognise its
 * ref and acknowledge it. It stays there if this process ends before the database is back; a message that is then sent again
 * is recognised by its ref ({@link StoredRefs}).
 *
 * <p>Ids never decrease because of this: the transaction that stores messages also updates the channel's last id.
 *
 * <p>Threading: confined to the log thread.
 */
final class InDoubtBatch {
    private static final Logger log = LoggerFactory.getLogger(InDoubtBatch.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int RETRY_MILLIS = 100;

    private final BatchTransaction writer;
    private final CountDownLatch stopped;

    /** The batch in doubt; empty if there is none. */
    private List<StampedDraft> inDoubt = List.of();

    /** @param stopped ends the waiting when the log is closed */
    InDoubtBatch(BatchTransaction writer, CountDownLatch stopped) {
        this.writer = writer;
        this.stopped = stopped;
    }

    /**
     * Finds out whether a batch is stored whose commit failed; empty if the database does not answer in time. Uses
     * real time instead of the injected clock, because it waits for a real database.
     */
    Optional<Boolean> resolve(List<StampedDraft> batch) throws InterruptedException {
        set(batch);
        long end = System.nanoTime() + TIMEOUT.toNanos();
        do {
            try {
                boolean stored = writer.resolve(batch, false);
                unset();
                return Optional.of(stored);
            } catch (SQLException | RuntimeException | Error e) {
                log.debug("a commit is still in doubt", e);
                writer.abandon();
            }
        } while (!stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        log.error("it is unknown whether {} messages were stored; if so, they will be removed", batch.size());
        return Optional.empty();
    }

    /** Marks this batch as in doubt. */
    void set(List<StampedDraft> batch) {
        inDoubt = batch;
    }

    /** No batch is in doubt any more. */
    void unset() {
        inDoubt = List.of();
    }

    /**
     * Removes the messages of the batch in doubt from the database.
     *
     * @return the batch if it was stored, so that its changes can be delivered
     * @throws SQLException if that is not possible yet
     */
    List<StampedDraft> clear() throws SQLException {
        if (inDoubt.isEmpty()) {
            return List.of();
        }
        List<StampedDraft> batch = inDoubt;
        boolean stored = writer.resolve(batch, true);
        log.warn(
                "{} messages in doubt {}",
                batch.size(),
                stored ? "were stored, and are removed now" : "were not stored");
        unset();
        return stored ? batch : List.of();
    }
}
