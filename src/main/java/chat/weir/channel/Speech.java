package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.concurrent.Semaphore;

/**
 * What is being said in a channel, and was said lately: what is on its way to being stored, which {@code ref}s are
 * known, and which ids have been published.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class Speech {
    private final SentRefs sentRefs;

    /** How much is being stored. */
    private int onTheirWay;

    /** The first and the last that this object has seen published; 0 before that. */
    private long firstId;

    private long lastId;

    Speech(Semaphore memoryPlaces) {
        this.sentRefs = new SentRefs(memoryPlaces);
    }

    /**
     * Answers what is said again, as far as it can be.
     *
     * @return false if it was not said before
     */
    boolean answerAgain(Utterance utterance, long nowNanos) {
        Ack known = sentRefs.acknowledgement(utterance, nowNanos);
        if (known != null) {
            utterance.acknowledge(known);
            return true;
        }
        Utterance same = sentRefs.onItsWay(utterance);
        if (same != null) {
            same.alsoTell(utterance);
        }
        return same != null;
    }

    void begin(Utterance utterance) {
        onTheirWay++;
        sentRefs.begin(utterance);
    }

    /** It is not going to be published. */
    void abandon(Utterance utterance) {
        onTheirWay--;
        sentRefs.end(utterance);
    }

    /** It goes out under this id. */
    void published(Utterance utterance, Ack ack, long nowNanos) {
        onTheirWay--;
        firstId = firstId == 0 ? ack.id() : firstId;
        lastId = ack.id();
        if (utterance.ref() != null) {
            sentRefs.acknowledge(utterance, ack, nowNanos);
        }
        utterance.acknowledge(ack);
    }

    boolean isSilent() {
        return onTheirWay == 0;
    }

    long lastId() {
        return lastId;
    }

    /**
     * Whether a message that is in the log was published before a member began to hear: what is published after that is
     * delivered to it. Which that is, the last id before it tells, or, if nothing had been published here before, the
     * first.
     */
    boolean isMissedBy(Member member, long messageId) {
        return member.hearsAfter > 0 ? messageId <= member.hearsAfter : firstId == 0 || messageId < firstId;
    }

    boolean remembersNothing(long nowNanos) {
        return sentRefs.isEmpty(nowNanos);
    }

    /** The channel is forgotten, and all of this with it. */
    void forgetAll() {
        sentRefs.forgetAll();
    }
}
