package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The state of publishing in a channel: messages that are being stored, known {@code ref}s, and the ids that have been
 * published.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class PublishState {
    private final DuplicateFilter duplicateFilter;

    /** How many messages and changes are being stored. */
    private int onTheirWay;

    /** The first and the last number that have been published here, of a message or a change; 0 before that. */
    private long firstId;

    private long lastId;

    /** Tasks that wait until the first number is known, or nothing is being stored. */
    private final Set<Runnable> awaitingFirst = new LinkedHashSet<>(0);

    PublishState(Semaphore entryPermits) {
        this.duplicateFilter = new DuplicateFilter(entryPermits);
    }

    /**
     * Replies to a message that was sent again.
     *
     * @return false if it was not sent before
     */
    boolean answerAgain(PendingMessage pending, long nowNanos) {
        Ack known = duplicateFilter.acknowledgement(pending, nowNanos);
        if (known != null) {
            pending.acknowledge(known);
            return true;
        }
        PendingMessage same = duplicateFilter.findPending(pending);
        if (same != null) {
            same.addListener(pending);
        }
        return same != null;
    }

    void begin(PendingMessage pending) {
        onTheirWay++;
        duplicateFilter.begin(pending);
    }

    /** The message will not be published. */
    void abandon(PendingMessage pending) {
        onTheirWay--;
        duplicateFilter.end(pending);
    }

    /** A change is being stored. */
    void begin() {
        onTheirWay++;
    }

    /** The change will not be published. */
    void abandon() {
        onTheirWay--;
    }

    /** The change is published. */
    void publishedChange(long seq) {
        onTheirWay--;
        publishedLate(seq);
    }

    /** A change is published that was abandoned before. */
    void publishedLate(long seq) {
        firstId = firstId == 0 ? seq : firstId;
        lastId = seq;
    }

    /** The message is published under this id. */
    void published(PendingMessage pending, Ack ack, long nowNanos) {
        onTheirWay--;
        firstId = firstId == 0 ? ack.id() : firstId;
        lastId = ack.id();
        if (pending.ref() != null) {
            duplicateFilter.acknowledge(pending, ack, nowNanos);
        }
        pending.acknowledge(ack);
    }

    /** The message will not be published, because it was published before. */
    void publishedBefore(PendingMessage pending, Ack ack, long nowNanos) {
        onTheirWay--;
        duplicateFilter.acknowledge(pending, ack, nowNanos);
        pending.acknowledge(ack);
    }

    boolean isIdle() {
        return onTheirWay == 0;
    }

    long lastId() {
        return lastId;
    }

    /**
     * Returns the id from which on messages are delivered to a member: the one after the last id before it began to listen
     * or, if nothing had been published here yet, the first id since.
     *
     * @return empty while that is not known: the first message may be in the log already and not published yet
     */
    OptionalLong deliveredFrom(Member member) {
        if (member.listensAfter > 0) {
            return OptionalLong.of(member.listensAfter + 1);
        }
        if (firstId > 0) {
            return OptionalLong.of(firstId);
        }
        return isIdle() ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
    }

    /** Keeps a task until {@link #deliveredFrom} is known. @return false if it is known already */
    boolean awaitFirst(Runnable task) {
        return !knowsFirst() && awaitingFirst.add(task);
    }

    void stopAwaiting(Runnable task) {
        awaitingFirst.remove(task);
    }

    /** Takes the tasks that need not wait any more, to be run without the lock. */
    List<Runnable> takeAwaiting() {
        if (awaitingFirst.isEmpty() || !knowsFirst()) {
            return List.of();
        }
        List<Runnable> taken = List.copyOf(awaitingFirst);
        awaitingFirst.clear();
        return taken;
    }

    private boolean knowsFirst() {
        return firstId > 0 || isIdle();
    }

    boolean isForgettable(long nowNanos) {
        return duplicateFilter.isEmpty(nowNanos);
    }

    /** Releases all entries, when the channel is forgotten. */
    void forgetAll() {
        duplicateFilter.forgetAll();
    }
}
