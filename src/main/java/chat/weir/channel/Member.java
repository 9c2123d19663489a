package chat.weir.channel;

import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.broadcast.Recipient;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's membership of one channel.
 *
 * <p>Threading: the fields that change are guarded by the channel, and touched by nobody else.
 */
public final class Member implements Recipient {
    private final Channel channel;
    private final Place place;
    private @Nullable ChannelClient client;

    /** The client's own, kept here since each delivery needs it. */
    private @Nullable FrameReceiver receiver;

    /** Where the channel's list has this member, so that leaving costs no search. */
    int index;

    /** What is said reaches this member. */
    boolean hears;

    /** The id of the last message that was published before it began to hear; 0: not known. */
    long hearsAfter;

    /** More would have waited for it than may: it is being sent away, and gets nothing more. */
    boolean overflowed;

    /** The names, by their normal forms, of those whom it wants to hear nothing from. */
    Set<String> blocked = Set.of();

    /** As whom the others know it to be here; null: it is not authenticated. */
    @Nullable
    UserName presentAs;

    private @Nullable HeldName heldName;

    /** What it will hold once all channels of its connection have granted the name. */
    @Nullable
    HeldName claimed;

    /** How a connection is in a channel. */
    public enum Place {
        /** Its URL names the channel: frames about it need not. */
        OWN,
        /** It joined it: frames about it say so. */
        JOINED
    }

    public Member(Channel channel, Place place) {
        this.channel = channel;
        this.place = place;
    }

    public Channel channel() {
        return channel;
    }

    /** The connection behind this member. */
    public ChannelClient client() {
        if (client == null) {
            throw new IllegalStateException("the member is not in its channel yet");
        }
        return client;
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
        return place == Place.JOINED;
    }

    /** For the field in frames about the channel; null: none is needed. */
    @Nullable
    ChannelId tag() {
        return isJoined() ? channel.id() : null;
    }

    @Nullable
    HeldName heldName() {
        return heldName;
    }

    @Nullable
    HeldName claimedOrHeld() {
        return claimed == null ? heldName : claimed;
    }

    /** The name that it may speak under; null: none. */
    @Nullable
    UserName confirmedName() {
        return heldName != null && heldName.confirmed() ? heldName.author().name() : null;
    }

    void hold(@Nullable HeldName now) {
        heldName = now;
    }

    /** Who it is, whether he may speak yet or not; null: nobody. */
    public @Nullable Participant participant() {
        synchronized (channel) {
            return heldName == null ? null : heldName.participant();
        }
    }

    /** As whom the others know it to be here; null: it is not authenticated. */
    public @Nullable UserName name() {
        synchronized (channel) {
            return presentAs;
        }
    }

    /** Whether a message is this member's own, under the name that it holds now. */
    public boolean wrote(StoredMessage message) {
        synchronized (channel) {
            return heldName != null && heldName.wrote(message);
        }
    }
}
