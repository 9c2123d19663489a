package chat.weir.channel.broadcast;

import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;

/**
 * Receives the frames for one client: the socket's side of a channel.
 *
 * <p>No method waits or throws. Frames that cannot be written at once are queued within a bound. A client that is over
 * its bound, or gone, accepts frames and drops them. Frames arrive in the order of the calls, none twice.
 */
public interface FrameReceiver {
    /**
     * Accepts a batch of whole frames that is shared with other clients: it is read up to its limit and not kept.
     *
     * @param frames from its position to its limit; the position is moved to the limit
     */
    void deliver(ByteBuffer frames);

    /**
     * Reserves memory for frames that wait to be delivered; called with a channel's lock held.
     *
     * @return false if the limit of this client, or of all clients, would be exceeded
     */
    boolean reserve(int bytes);

    /** The frames are about to be delivered: from here on they count as delivered ones do. */
    void unreserve(int bytes);

    /** Accepts one frame. After a close frame nothing more is accepted. */
    void deliver(Frame frame);
}
