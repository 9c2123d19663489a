package chat.weir.bench.reference;

import java.nio.ByteBuffer;

/** Handles the input of a server on the floors' loop: decides how and when messages are written to members. */
interface Delivery {
    /**
     * Handles a message of a member.
     *
     * @param masked the buffer that holds the client's frame, its payload still masked; valid during the call
     * @param received the position of the payload in that buffer
     */
    void message(FloorChannel channel, ByteBuffer masked, ClientFrame received);

    /** Handles a text frame other than a message; the floors ignore it. */
    default void other(FloorMember from, FloorChannel channel, ByteBuffer masked, ClientFrame received) {}

    /** A member has disconnected and left the channel. */
    default void left(FloorMember member, FloorChannel channel) {}

    /** All ready keys have been read; buffered frames must be written now. */
    void endOfCycle();
}
