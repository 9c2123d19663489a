package chat.weir.channel;

import chat.weir.channel.presence.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.worker.ExpiringMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Recognises messages that are sent again with the same {@code ref}: those that are being stored, and those
 * acknowledged in the last five minutes, so that a client that did not receive the acknowledgement may send again
 * without publishing twice.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class DuplicateFilter {
    /** Bounded by the number of messages that the log lets wait. */
    private final Map<Key, PendingMessage> onTheirWay = new HashMap<>(4);

    private final ExpiringMap<Key, Ack> acknowledged;

    DuplicateFilter(Semaphore permits) {
        this.acknowledged = new ExpiringMap<>(permits);
    }

    /**
     * A ref belongs to a participant, not to their name: the next guest of that name cannot collide with it. A backend
     * publishes for many users, so each of its names has its own refs. The text is included for clients whose refs start
     * again after a reconnect.
     *
     * @param name only of a backend; empty otherwise
     */
    private record Key(Participant participant, String name, String ref, int textHash, int textLength) {
        static Key of(PendingMessage pending, String ref) {
            Participant participant = pending.participant();
            String name = participant.account() == Author.BACKEND
                    ? pending.author().name().key()
                    : "";
            String text = pending.text();
            return new Key(participant, name, ref, text.hashCode(), text.length());
        }
    }

    /** The message of the same participant with the same ref that is being stored; null: none. */
    @Nullable
    PendingMessage findPending(PendingMessage pending) {
        return pending.ref() == null ? null : onTheirWay.get(Key.of(pending, pending.ref()));
    }

    /** The acknowledgement of the same participant's message with the same ref; null: none in the last five minutes. */
    @Nullable
    Ack acknowledgement(PendingMessage pending, long nowNanos) {
        return pending.ref() == null ? null : acknowledged.find(Key.of(pending, pending.ref()), nowNanos);
    }

    void begin(PendingMessage pending) {
        if (pending.ref() != null) {
            onTheirWay.put(Key.of(pending, pending.ref()), pending);
        }
    }

    void acknowledge(PendingMessage pending, Ack ack, long nowNanos) {
        end(pending);
        acknowledged.put(Key.of(pending, ack.ref()), ack, nowNanos);
    }

    /** The message is not being stored any more. */
    void end(PendingMessage pending) {
        if (pending.ref() != null) {
            onTheirWay.remove(Key.of(pending, pending.ref()));
        }
    }

    boolean isEmpty(long nowNanos) {
        return onTheirWay.isEmpty() && acknowledged.isEmpty(nowNanos);
    }

    /** Releases all entries, when the channel is forgotten. */
    void forgetAll() {
        acknowledged.forgetAll();
    }
}
