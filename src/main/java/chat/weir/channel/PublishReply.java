package chat.weir.channel;

import chat.weir.metrics.LabelledCounter;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Ack;
import org.jspecify.annotations.Nullable;

/**
 * Replies to the sender of a message: with an ack if the sender asked for one, with an error in any case.
 *
 * @param errors counts error envelopes by reason
 * @param ref null: no ack was requested
 */
record PublishReply(
        BroadcastBuffer buffer,
        LabelledCounter errors,
        Member member,
        @Nullable String ref) implements PublishListener {

    @Override
    public void acknowledged(Ack ack) {
        if (ref != null) {
            buffer.to(member, ack);
        }
    }

    @Override
    public void refused(ChatException why) {
        errors.increment(why.reason().wireName());
        buffer.to(member, ServerEnvelope.ErrorEnvelope.of(why, ref));
    }
}
