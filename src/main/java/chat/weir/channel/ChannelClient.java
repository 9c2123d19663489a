package chat.weir.channel;

import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.presence.NameOwner;
import chat.weir.channel.presence.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a channel, and those who enforce its rules, know of the connection behind a member. Methods may be called on any
 * thread, without a channel's lock held, and never wait.
 */
public interface ChannelClient extends NameOwner {
    /** Takes the frames for this client. */
    FrameReceiver receiver();

    /** The holder of the client's name, confirmed or not; null: it has none. */
    @Nullable
    Author author();

    /** The client's address for moderation actions; empty if only a trusted proxy's address is known. */
    Optional<String> address();

    /** Removes the client from a channel: closes its connection if the channel is its URL's. Ignored after it has left. */
    void disconnect(ChannelId channel, CloseCode code, String reason);

    /**
     * Brings the client into a private chat, unless it blocks the inviter.
     *
     * @param expected the participant that is invited; nothing happens if the client is another one by now
     * @param inviter the name of the other participant
     */
    void invite(Participant expected, UserName inviter, ServerEnvelope.Private invitation);
}
