package chat.weir.channel;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ServerEnvelope;

/** Replies to the sender of a change: that it is done if there is a ref, with an error in any case. */
record ChangeReply(BroadcastBuffer buffer, ChannelConfig config, Member member, ClientEnvelope request)
        implements ChangeListener {
    @Override
    public void done() {
        String ref = request.ref();
        if (ref != null) {
            // Without the channel, like the confirmation of any other envelope.
            buffer.to(member, config.codec().encode(new ServerEnvelope.Done(request.type(), ref)));
        }
    }

    @Override
    public void refused(ChatException why) {
        config.metrics().errors().increment(why.reason().wireName());
        buffer.to(member, ServerEnvelope.ErrorEnvelope.of(why, request.ref()));
    }
}
