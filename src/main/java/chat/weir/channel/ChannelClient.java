package chat.weir.channel;

import chat.weir.protocol.Frame;
import java.nio.ByteBuffer;

/**
 * All that a channel knows of a connection: something that takes frames.
 *
 * <p>No method waits or throws. What cannot be written at once is kept within a bound; a subscriber that is over
 * its bound, or gone, takes frames and drops them. Frames arrive in the order of the calls, none twice.
 */
public interface ChannelClient {
    /**
     * Takes a run of whole frames that is shared with other subscribers: it is read up to its limit and not kept.
     *
     * @param frames from its position to its limit; the position is moved to the limit
     */
    void deliver(ByteBuffer frames);

    /**
     * Sets memory aside for frames that wait to be delivered; called with a channel's lock held.
     *
     * @return false if they are more than may wait for this subscriber, or for all
     */
    boolean reserve(int bytes);

    /** The frames are about to be delivered: from here on they count as delivered ones do. */
    void unreserve(int bytes);

    /** Takes one frame. After a close frame nothing more is taken. */
    void deliver(Frame frame);
}
