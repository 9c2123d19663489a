package chat.weir.bench.reference;

import java.nio.ByteBuffer;

/** What a server on the floors' loop makes of what comes in: how, and when, it gets it to the members. */
interface Delivery {
    /**
     * Takes a message that a member has sent.
     *
     * @param masked the buffer that holds the client's frame, its payload still masked; valid during the call
     * @param received where in that buffer the payload lies
     */
    void message(FloorChannel channel, ByteBuffer masked, ClientFrame received);

    /** Takes a text frame that is no message; the floors hear none. */
    default void other(FloorMember from, FloorChannel channel, ByteBuffer masked, ClientFrame received) {}

    /** A member has gone, and is in the channel no more. */
    default void left(FloorMember member, FloorChannel channel) {}

    /** All keys of this pass have been read: what was kept back has to go now. */
    void endOfPass();
}
