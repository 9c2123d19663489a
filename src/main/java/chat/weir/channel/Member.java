package chat.weir.channel;

import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.broadcast.Recipient;
import chat.weir.channel.presence.NameHolder;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.frame.CloseCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's membership of one channel.
 *
 * <p>Threading: the fields that change are guarded by the channel, and used only by the classes of this package; its
 * name may be read by any thread.
 */
public final class Member extends NameHolder implements Recipient {
    private final Channel channel;
    private final Kind kind;
    private @Nullable ChannelClient client;

    /** The client's own, kept here since each delivery needs it. */
    private @Nullable FrameReceiver receiver;

    /** The position in the channel's list, so that leaving needs no search. */
    int index;

    /** Whether what is published is delivered to this member. */
    boolean isListening;

    /** The id of the last message that was published before it began to listen; 0: not known. */
    long listensAfter;

    /** Its queue is over the limit: it is being disconnected, and gets nothing more. */
    boolean overflowed;

    /** The names on its block list, in normal form. */
    Set<String> blocked = Set.of();

    /** How a connection came into a channel. */
    public enum Kind {
        /** Its URL names the channel, so frames about it need not. */
        OWN,
        /** It joined the channel, so frames about it name it. */
        JOINED
    }

    public Member(Channel channel, Kind kind) {
        this.channel = channel;
        this.kind = kind;
    }

    public Channel channel() {
        return channel;
    }

    /** The connection behind this member. */
    @Override
    public ChannelClient client() {
        if (client == null) {
            throw new IllegalStateException("the member is not in its channel yet");
        }
        return client;
    }

    /** Removes the client from the channel: closes its connection if the channel is its URL's. Ignored after it has left. */
    public void disconnect(CloseCode code, String reason) {
        client().disconnect(channel.id(), code, reason);
    }

    /** Called once, before the member is visible to others. */
    void attach(ChannelClient newClient) {
        client = newClient;
        receiver = newClient.receiver();
    }

    @Override
    public FrameReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("the member is not in its channel yet");
        }
        return receiver;
    }

    @Override
    public boolean isJoined() {
        return kind == Kind.JOINED;
    }

    /** The channel that frames for this member name; null: they need not. */
    @Nullable
    ChannelId tag() {
        return isJoined() ? channel.id() : null;
    }
}
