package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Recognises messages that are sent again with the same {@code ref}: those that are being stored, and those
 * acknowledged in the last five minutes, so that a client which did not see the acknowledgement may send again without
 * being heard twice.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class DuplicateFilter {
    /** Bounded by what the message log lets wait. */
    private final Map<Key, PendingMessage> onTheirWay = new HashMap<>(4);

    private final ExpiringMap<Key, Ack> acknowledged;

    DuplicateFilter(Semaphore places) {
        this.acknowledged = new ExpiringMap<>(places);
    }

    /**
     * A ref belongs to a person, not to their name: the next guest of that name cannot collide with it. A backend speaks
     * for many people, so each of its names has its own refs. The text is included for clients that count from one again
     * after they have come back.
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

    /** What the same person sent with the same ref and what is not stored yet. */
    @Nullable
    PendingMessage findPending(PendingMessage pending) {
        return pending.ref() == null ? null : onTheirWay.get(Key.of(pending, pending.ref()));
    }

    /** The acknowledgement that the same person got for the same ref, if it is not older than five minutes. */
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

    /** It is not on its way any more. */
    void end(PendingMessage pending) {
        if (pending.ref() != null) {
            onTheirWay.remove(Key.of(pending, pending.ref()));
        }
    }

    boolean isEmpty(long nowNanos) {
        return onTheirWay.isEmpty() && acknowledged.isEmpty(nowNanos);
    }

    /** The channel is forgotten, and all of this with it. */
    void forgetAll() {
        acknowledged.forgetAll();
    }
}
