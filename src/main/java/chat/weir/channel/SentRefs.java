package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What was sent with a {@code ref}: that which is on its way to being stored, and what was acknowledged in the last
 * five minutes, so that a client which did not see the acknowledgement may send again without being heard twice.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class SentRefs {
    /** Bounded by what the message log lets wait. */
    private final Map<Key, Utterance> onTheirWay = new HashMap<>(4);

    private final Remembered<Key, Ack> acknowledged;

    SentRefs(Semaphore places) {
        this.acknowledged = new Remembered<>(places);
    }

    /**
     * A ref belongs to a person, not to their name: the next guest of that name cannot collide with it. A backend speaks
     * for many people, so each of its names has its own refs. The text is included for clients that count from one again
     * after they have come back.
     *
     * @param name only of a backend; empty otherwise
     */
    private record Key(Person person, String name, String ref, int textHash, int textLength) {
        static Key of(Utterance utterance, String ref) {
            Person person = utterance.person();
            String name = person.account() == Author.BACKEND
                    ? utterance.author().name().key()
                    : "";
            String text = utterance.text();
            return new Key(person, name, ref, text.hashCode(), text.length());
        }
    }

    /** What the same person sent with the same ref and what is not stored yet. */
    @Nullable
    Utterance onItsWay(Utterance utterance) {
        return utterance.ref() == null ? null : onTheirWay.get(Key.of(utterance, utterance.ref()));
    }

    /** The acknowledgement that the same person got for the same ref, if it is not older than five minutes. */
    @Nullable
    Ack acknowledgement(Utterance utterance, long nowNanos) {
        return utterance.ref() == null ? null : acknowledged.find(Key.of(utterance, utterance.ref()), nowNanos);
    }

    void begin(Utterance utterance) {
        if (utterance.ref() != null) {
            onTheirWay.put(Key.of(utterance, utterance.ref()), utterance);
        }
    }

    void acknowledge(Utterance utterance, Ack ack, long nowNanos) {
        end(utterance);
        acknowledged.put(Key.of(utterance, ack.ref()), ack, nowNanos);
    }

    /** It is not on its way any more. */
    void end(Utterance utterance) {
        if (utterance.ref() != null) {
            onTheirWay.remove(Key.of(utterance, utterance.ref()));
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
