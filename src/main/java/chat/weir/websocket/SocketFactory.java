package chat.weir.websocket;

import chat.weir.websocket.descriptor.SpareDescriptor;
import chat.weir.websocket.handshake.ConnectionLimits;
import chat.weir.websocket.handshake.ConnectionSlot;
import chat.weir.websocket.handshake.IdleConnections;
import chat.weir.websocket.handshake.UpgradeRejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;

/**
 * Creates the objects for a socket that the library has accepted.
 *
 * <p>Threading: confined to the selector's thread.
 */
final class SocketFactory implements WebSocketServerFactory {
    private final SocketEvents events = new SocketEvents();
    private final SocketContext context;
    private final SpareDescriptor spare;

    SocketFactory(SocketContext context, SpareDescriptor spare) {
        this.context = context;
        this.spare = spare;
    }

    @Override
    public WebSocketImpl createWebSocket(WebSocketAdapter server, Draft draft) {
        return createWebSocket(server, List.of());
    }

    @Override
    public WebSocketImpl createWebSocket(WebSocketAdapter server, List<Draft> drafts) {
        return newSocket();
    }

    ClientSocket newSocket() {
        return new ClientSocket(events, context);
    }

    /**
     * Puts our channel around the socket.
     *
     * @throws IOException if there is no place for it: the only way to refuse a socket at this point. (Refusing in
     *     {@code onConnect} would make the library cancel the key of the listening socket.)
     */
    @Override
    public ByteChannel wrapChannel(SocketChannel socket, SelectionKey key) throws IOException {
        if (!spare.take()) {
            throw new IOException("no file descriptor is left");
        }
        if (!enter()) {
            // May or may not be read before the reset that closing causes; costs nothing to try.
            socket.write(ByteBuffer.wrap(
                    UpgradeRejection.unavailable("the server is full").response()));
            throw new IOException("the server is full");
        }
        ConnectionSlot slot = new ConnectionSlot(context.admissionControl().limits());
        ClientSocket client = (ClientSocket) key.attachment();
        SocketChannelAdapter channel = new SocketChannelAdapter(client, socket, key, context, slot);
        if (!context.admissionControl().isProxy(channel.peer()) && !channel.countFor(channel.peer())) {
            slot.release();
            throw new IOException("too many connections from one address");
        }
        context.idle().add(client);
        context.socketTimeouts().set(client, context.receiveTimeout().toNanos());
        return channel;
    }

    /** Counts a newcomer; if there are too many, the connection that has been idle longest makes room. */
    private boolean enter() {
        ConnectionLimits limits = context.admissionControl().limits();
        boolean entered = limits.enter();
        if (!entered || limits.isFull()) {
            IdleConnections.Idle oldest = context.idle().removeOldest();
            if (oldest != null) {
                oldest.makeRoom();
                entered = entered || limits.enter();
            }
        }
        return entered;
    }

    @Override
    public void close() {
        // Nothing is held here.
    }
}
