package chat.weir.websocket;

import chat.weir.protocol.frame.CloseCode;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.handshake.Handshakedata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the library reports about the clients' sockets, which is only their end.
 *
 * <p>Chosen over the library's own server in this role: that interrupts the selector for each socket that is closed, also
 * when the selector closes it; a write, a read and a call of {@code epoll_wait} more for each connection.
 *
 * <p>Threading: safe.
 */
final class SocketEvents extends WebSocketAdapter {
    private static final Logger log = LoggerFactory.getLogger(SocketEvents.class);

    @Override
    public void onWebsocketClose(WebSocket socket, int code, String reason, boolean byClient) {
        ((ClientSocket) socket).closed(code, reason, byClient);
    }

    @Override
    public void onWebsocketError(WebSocket socket, Exception e) {
        log.error("a fault in the network layer", e);
        socket.close(CloseCode.FAULT.number(), "a fault in the server");
    }

    /** The library asks for nothing to be written: see {@link SocketChannelAdapter#write}. */
    @Override
    public void onWriteDemand(WebSocket socket) {
        throw notHere();
    }

    @Override
    public void onWebsocketOpen(WebSocket socket, Handshakedata handshake) {
        throw notHere();
    }

    @Override
    public void onWebsocketMessage(WebSocket socket, String message) {
        throw notHere();
    }

    @Override
    public void onWebsocketMessage(WebSocket socket, ByteBuffer bytes) {
        throw notHere();
    }

    @Override
    public void onWebsocketClosing(WebSocket socket, int code, String reason, boolean byClient) {
        throw notHere();
    }

    @Override
    public void onWebsocketCloseInitiated(WebSocket socket, int code, String reason) {
        throw notHere();
    }

    @Override
    public InetSocketAddress getLocalSocketAddress(WebSocket socket) {
        throw notHere();
    }

    @Override
    public InetSocketAddress getRemoteSocketAddress(WebSocket socket) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("handshakes and frames do not go through the library");
    }
}
