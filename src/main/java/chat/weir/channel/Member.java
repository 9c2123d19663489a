package chat.weir.channel;

import chat.weir.protocol.UserName;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's place in one channel.
 *
 * <p>Threading: the fields that change are guarded by the channel, and touched by nobody else.
 */
public final class Member {
    private final Channel channel;
    private final Subscriber subscriber;

    /** Where the channel's list has this member, so that leaving costs no search. */
    int index;

    /** The name that this member holds in the channel. */
    @Nullable
    UserName name;

    Member(Channel channel, Subscriber subscriber) {
        this.channel = channel;
        this.subscriber = subscriber;
    }

    public Channel channel() {
        return channel;
    }

    Subscriber subscriber() {
        return subscriber;
    }
}
