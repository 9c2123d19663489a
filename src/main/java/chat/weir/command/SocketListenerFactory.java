package chat.weir.command;

import chat.weir.connection.ClientTransport;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.frame.CloseCode;
import java.util.Optional;

/**
 * Opens a {@link SocketListener} for each WebSocket.
 *
 * <p>Threading: safe.
 */
public interface SocketListenerFactory {
    /**
     * Opens a connection on a transport that is ready to accept frames.
     *
     * @param target of the request line, such as {@code /fishing?heartbeat=pong}
     * @return nothing if the client may not come in; it has then been told why, and the transport has been closed
     */
    Optional<? extends SocketListener> open(ClientTransport transport, String target);

    /** Tells a client that it cannot be let in, and why. */
    void refuse(ClientTransport transport, ChatException error, CloseCode code);
}
