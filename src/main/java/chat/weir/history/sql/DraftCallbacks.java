package chat.weir.history.sql;

import chat.weir.history.MessageDraft;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the outcome to drafts: to each of them once, whatever the others or the delivery throw.
 *
 * <p>Threading: confined to the log's thread.
 */
public final class DraftCallbacks {
    private static final Logger log = LoggerFactory.getLogger(DraftCallbacks.class);

    private final Consumer<Runnable> delivery;
    private final Metrics metrics;

    /**
     * @param delivery runs what it is given, at once; all that drafts of one batch hear is said within it
     * @param metrics counts the batches
     */
    public DraftCallbacks(Consumer<Runnable> delivery, Metrics metrics) {
        this.delivery = delivery;
        this.metrics = metrics;
    }

    /** A batch has been committed. */
    void committed(int messages, long nanos) {
        metrics.groupCommits().increment();
        metrics.groupCommitMessages().record(messages);
        metrics.groupCommitSeconds().record(nanos);
    }

    /** A batch has not been committed, as far as is known. */
    void commitFailed() {
        metrics.failedCommits().increment();
    }

    void stored(List<StampedDraft> batch) {
        tell(batch, stamped -> stamped.draft().stored(stamped.id(), stamped.timestamp()));
    }

    /** With a 503. */
    void failed(List<MessageDraft> drafts, String text) {
        ChatException why = new ChatException(ErrorReason.UNAVAILABLE, text);
        tell(drafts, draft -> draft.failed(why));
    }

    private <T> void tell(List<T> all, Consumer<T> outcome) {
        if (all.isEmpty()) {
            return;
        }
        Iterator<T> rest = all.iterator();
        Runnable telling = () -> rest.forEachRemaining(each -> guarded(() -> outcome.accept(each)));
        guarded(() -> delivery.accept(telling));
        telling.run();
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            log.error("a message's outcome could not be passed on", e);
        }
    }
}
