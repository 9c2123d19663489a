package chat.weir.channel;

import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.presence.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client without a name that only receives frames. */
record TestChannelClient(FrameReceiver receiver) implements ChannelClient {
    @Override
    public @Nullable Author author() {
        return null;
    }

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    @Override
    public void disconnect(ChannelId channel, CloseCode code, String reason) {
        throw new AssertionError("not disconnected in this test");
    }

    @Override
    public void replaced(String reason) {
        // Tests check the member's name instead.
    }

    @Override
    public void invite(Participant expected, UserName inviter, ServerEnvelope.Private invitation) {
        throw new AssertionError("not invited in this test");
    }

    /** A member that is not in the channel's list. */
    static Member member(FrameReceiver receiver, Member.Kind kind) {
        Channel channel = null;
        Member member = new Member(channel, kind);
        member.attach(new TestChannelClient(receiver));
        return member;
    }
}
