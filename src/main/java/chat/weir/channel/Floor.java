package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import java.util.List;

/**
 * The way of what is said in a channel: first stored, which gives it its place in the order, then sent, then
 * acknowledged.
 *
 * <p>Threading: guarded by the channel. Nothing is delivered while the lock is held.
 */
final class Floor {
    private final Channel channel;
    private final ChannelRules rules;
    private final Audience audience;
    private final Outgoing outgoing;
    private final Speech speech;

    Floor(Channel channel, ChannelRules rules, Audience audience, Outgoing outgoing, Speech speech) {
        this.channel = channel;
        this.rules = rules;
        this.audience = audience;
        this.outgoing = outgoing;
        this.speech = speech;
    }

    /** @throws ErrorReply 503 when more waits to be stored or delivered than may; nobody has seen the message */
    void say(Utterance utterance) {
        boolean begin = false;
        try {
            synchronized (channel) {
                if (utterance.author().account() != Author.BACKEND) {
                    channel.people().endTyping(utterance.author().name());
                }
                // Whatever comes of the message, the end of the typing waits now.
                begin = outgoing.beginTurn();
                long now = now();
                utterance.received(now);
                if (!speech.answerAgain(utterance, now)) {
                    store(utterance);
                }
                begin |= outgoing.beginTurn();
            }
        } finally {
            channel.addTurn(begin);
        }
    }

    private void store(Utterance utterance) {
        if (rules.closing().get()) {
            throw new ErrorReply(ErrorReason.UNAVAILABLE, "the server is going away: nobody saw this, try again");
        }
        if (outgoing.waitingBytes() > rules.maxWaitingBytes() || rules.budget().isFull()) {
            throw new ErrorReply(ErrorReason.UNAVAILABLE, "the channel is overloaded: nobody saw this, try again");
        }
        // Before the log has it, which may answer at once.
        speech.begin(utterance);
        try {
            rules.log().append(utterance);
            rules.metrics().messages().increment();
        } catch (ErrorReply e) {
            speech.abandon(utterance);
            throw e;
        }
    }

    /** It is stored: it goes to the members, and its sender hears of that. */
    void publish(Utterance utterance, long messageId, long timestamp) {
        ServerEnvelope message = new ServerEnvelope.Message(
                utterance.text(), timestamp, utterance.author().name(), messageId);
        Ack ack = new Ack(messageId, timestamp, utterance.ref() == null ? "" : utterance.ref());
        boolean begin;
        List<Runnable> awaiting;
        synchronized (channel) {
            long now = now();
            rules.metrics().commitSeconds().record(now - utterance.receivedNanos());
            outgoing.toAllBut(audience.deafTo(utterance.author().name()), message);
            outgoing.countMessage(utterance.receivedNanos());
            speech.published(utterance, ack, now);
            begin = outgoing.beginTurn();
            awaiting = speech.takeAwaiting();
        }
        channel.addTurn(begin);
        awaiting.forEach(Runnable::run);
    }

    /** It cannot be stored. */
    void giveUp(Utterance utterance, ErrorReply why) {
        boolean begin;
        List<Runnable> awaiting;
        synchronized (channel) {
            speech.abandon(utterance);
            utterance.refuse(why);
            begin = outgoing.beginTurn();
            awaiting = speech.takeAwaiting();
        }
        channel.addTurn(begin);
        awaiting.forEach(Runnable::run);
    }

    private long now() {
        return rules.nanoTime().getAsLong();
    }
}
