package chat.weir.connection;

import chat.weir.channel.broadcast.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a connection knows of the socket behind it. */
public interface ClientTransport extends FrameReceiver {
    /** The client's address for logs: that which a trusted proxy gave, or the socket's own. */
    String address();

    /** The client's address for moderation actions against it; nothing where only that of a trusted proxy is known. */
    Optional<String> ownAddress();

    /** From now on what is delivered waits, within the usual bounds. */
    void hold();

    /**
     * Ends the hold: sends these frames, and behind them what waits.
     *
     * @param frames whole ones, from the buffer's position to its limit
     */
    void release(ByteBuffer frames);
}
