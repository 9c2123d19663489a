package chat.weir.channel.broadcast;

/**
 * A membership that a batch is delivered to. A client that leaves a channel and joins it again has two memberships and
 * one {@link FrameReceiver}.
 */
public interface Recipient {
    FrameReceiver receiver();

    /** Whether frames for it name the channel: the client joined it, its URL names another one. */
    boolean isJoined();
}
