package chat.weir.channel;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope.Ack;
import org.jspecify.annotations.Nullable;

/**
 * Tells a member what became of what it said: an ack if it asked for one, an error in any case.
 *
 * @param ref null: it did not ask
 */
record PublishReply(Member member, @Nullable String ref) implements PublishListener {

    @Override
    public void acknowledged(Ack ack) {
        if (ref != null) {
            member.channel().aside(member, ack);
        }
    }

    @Override
    public void refused(ChatException why) {
        member.channel().aside(member, why.answering(ref));
    }
}
