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

    /** Any other text frame, {@code connection} and {@code error} excepted. */
    void other(Client client, String payload);
}
