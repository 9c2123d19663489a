package chat.weir.connection;

import chat.weir.channel.broadcast.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The socket of a connection, as the connection knows it. */
public interface ClientTransport extends FrameReceiver {
    /** The client's address for logs: the one given by a trusted proxy, or the socket's own. */
    String address();

    /** The client's address for moderation actions; empty if only a trusted proxy's address is known. */
    Optional<String> ownAddress();

    /** What is delivered from now on waits, within the usual bounds. */
    void pause();

    /**
     * Sends these frames first, then what waits.
     *
     * @param frames whole ones, from the buffer's position to its limit
     */
    void resume(ByteBuffer frames);
}
