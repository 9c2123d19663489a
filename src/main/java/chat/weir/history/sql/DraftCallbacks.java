package chat.weir.history.sql;

import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the outcome to each draft exactly once, even if another draft or the delivery throws.
 *
 * <p>Threading: confined to the log thread.
 */
public final class DraftCallbacks {
    private static final Logger log = LoggerFactory.getLogger(DraftCallbacks.class);

    private final Consumer<Runnable> delivery;
    private final Metrics metrics;

    /**
     * @param delivery runs its argument immediately; it can wrap the callbacks of a whole batch
     * @param metrics counts the batches
     */
    public DraftCallbacks(Consumer<Runnable> delivery, Metrics metrics) {
        this.delivery = delivery;
        this.metrics = metrics;
    }

    /** Records a committed batch. */
    void committed(int messages, long nanos) {
        metrics.groupCommits().increment();
        metrics.groupCommitMessages().record(messages);
        metrics.groupCommitSeconds().record(nanos);
    }

    /** Records a failed or unresolved commit. */
    void commitFailed() {
        metrics.failedCommits().increment();
    }

    void stored(StampedBatch batch) {
        report(batch.stored(), stamped -> stamped.draft().stored(stamped.id(), stamped.timestamp()));
        report(batch.unchanged(), ChangeDraft::unchanged);
        report(
                batch.repeated(),
                repeated -> repeated.draft()
                        .storedBefore(repeated.stored().id(), repeated.stored().timestamp()));
        report(batch.refused(), refused -> refused.draft().failed(refused.why()));
    }

    /** Reports the changes of a batch that failed, since its outcome was unknown, and turned out to be stored. */
    void storedAfterFailure(List<StampedDraft> batch) {
        report(batch, stamped -> {
            if (stamped.draft() instanceof ChangeDraft change) {
                change.storedAfterFailure(stamped.id(), stamped.timestamp());
            }
        });
    }

    /**
     * Fails the drafts with a 503.
     *
     * @param format the text, with a place for what it was
     */
    void failed(List<EventDraft> drafts, String format) {
        report(
                drafts,
                draft -> draft.failed(new ChatException(ErrorReason.UNAVAILABLE, format.formatted(draft.noun()))));
    }

    private <T> void report(List<T> all, Consumer<T> outcome) {
        if (all.isEmpty()) {
            return;
        }
        Iterator<T> rest = all.iterator();
        Runnable callbacks = () -> rest.forEachRemaining(each -> guarded(() -> outcome.accept(each)));
        guarded(() -> delivery.accept(callbacks));
        // Reports the rest, if the delivery has thrown.
        callbacks.run();
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            log.error("reporting the outcome of a message failed", e);
        }
    }
}
