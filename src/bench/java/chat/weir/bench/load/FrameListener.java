package chat.weir.bench.load;

import java.nio.ByteBuffer;

/** What a scenario makes of the frames that come in. */
interface FrameListener {
    /**
     * A broadcast message.
     *
     * @param buffer little-endian, valid during the call
     * @param payload where the payload begins; it is known to begin with {@link MessageText#BEFORE}
     * @param nanos when it was read, by {@link System#nanoTime}
     */
    void message(Client client, ByteBuffer buffer, int payload, long nanos);

    /** A client has been told that it is in its channel. */
    default void joined(Client client) {}

    /** A client has been told how many are here, with a list of them or without. */
    default void users(Client client, int count) {}

    /** Any other text frame, {@code error} excepted. */
    void other(Client client, String payload);
}
