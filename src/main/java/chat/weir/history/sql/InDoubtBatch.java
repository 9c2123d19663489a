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
 * Resolves a batch whose commit failed: it is in doubt whether it was stored.
 *
 * <p>Nothing else is stored until that is known, so that nothing can be delivered ahead of what was stored before it.
 * For some seconds it is tried to find out, and the drafts are told what is true. If that is not enough they are told
 * that it is not known. Then they have heard no, and whoever sends again under the same ref is heard as if for the
 * first time; so what turns out to be stored when the database is back is removed before anything else is stored, or
 * it would be said twice, or be in the history though nobody in the channel saw it.
 *
 * <p>Rejected: to keep it and deliver it late, because whoever sent it again has been heard by then; and to let drafts
 * wait for as long as the database is away, because that has no bound. What remains: for a moment before it is removed
 * such a message can be read in the history, and it stays there if this process ends before the database is back.
 *
 * <p>Ids never go back through this: a transaction raises the channel's last id, or is not there at all.
 *
 * <p>Threading: confined to the log's thread.
 */
final class InDoubtBatch {
    private static final Logger log = LoggerFactory.getLogger(InDoubtBatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int RETRY_MILLIS = 100;

    private final BatchTransaction writer;
    private final CountDownLatch stopped;

    /** Whose drafts were not told that it is stored. */
    private List<StampedDraft> left = List.of();

    /** @param stopped nothing is worth waiting for any more */
    InDoubtBatch(BatchTransaction writer, CountDownLatch stopped) {
        this.writer = writer;
        this.stopped = stopped;
    }

    /**
     * Whether a batch whose commit failed is stored; nothing if that cannot be found out in time. Waits in real time,
     * whatever clock the server was given, since it waits for a real database.
     */
    Optional<Boolean> resolve(List<StampedDraft> batch) throws InterruptedException {
        leave(batch);
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                boolean stored = writer.settle(batch, false);
                left = List.of();
                return Optional.of(stored);
            } catch (SQLException | RuntimeException | Error e) {
                log.debug("a commit is still in doubt", e);
                writer.abandon();
            }
        } while (!stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        log.error("it cannot be found out whether {} messages were stored: if so, they will be removed", batch.size());
        return Optional.empty();
    }

    /** From now on this batch is in doubt, and no other. */
    void leave(List<StampedDraft> batch) {
        left = batch;
    }

    /** Removes what was left in doubt. @throws SQLException if that cannot be done yet */
    void clear() throws SQLException {
        if (!left.isEmpty()) {
            boolean stored = writer.settle(left, true);
            log.warn("{} messages that were in doubt {}", left.size(), stored ? "are removed" : "were not stored");
            left = List.of();
        }
    }
}
