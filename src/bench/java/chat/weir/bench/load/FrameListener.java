package chat.weir.bench.load;

import java.nio.ByteBuffer;

/** Handles received frames for a scenario. */
interface FrameListener {
    /**
     * A broadcast message.
     *
     * @param buffer little-endian, valid during the call
     * @param payload the start of the payload, which begins with {@link MessageText#BEFORE}
     * @param nanos when the frame was read, by {@link System#nanoTime}
     */
    void message(Client client, ByteBuffer buffer, int payload, long nanos);

    /** A client has joined its channel. */
    default void joined(Client client) {}

    /** A client has received the number of users, with or without a list. */
    default void users(Client client, int count) {}

    /** Any other text frame except {@code error}. */
    void other(Client client, String payload);
}
