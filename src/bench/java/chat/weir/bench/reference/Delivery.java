package chat.weir.bench.reference;

import java.nio.ByteBuffer;

/** How a floor gets a channel's messages to its members: at once, or gathered until the end of the pass. */
interface Delivery {
    /**
     * Takes a message that a member has sent.
     *
     * @param masked the buffer that holds the client's frame, its payload still masked; valid during the call
     * @param received where in that buffer the payload lies
     */
    void message(FloorChannel channel, ByteBuffer masked, ClientFrame received);

    /** All keys of this pass have been read: what was kept back has to go now. */
    void endOfPass();
}
