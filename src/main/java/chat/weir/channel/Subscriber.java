package chat.weir.channel;

import chat.weir.protocol.Frame;
import java.nio.ByteBuffer;

/**
 * All that a channel knows of a connection: something that takes frames.
 *
 * <p>Neither method waits nor throws. What cannot be written at once is kept within a bound; a subscriber that is over
 * its bound, or gone, takes frames and drops them. Frames arrive in the order of the calls, none twice.
 */
public interface Subscriber {
    /**
     * Takes a run of whole frames that is shared with other subscribers: it is read up to its limit and not kept.
     *
     * @param frames from its position to its limit; the position is moved to the limit
     */
    void deliver(ByteBuffer frames);

    /** Takes one frame. After a close frame nothing more is taken. */
    void deliver(Frame frame);
}
