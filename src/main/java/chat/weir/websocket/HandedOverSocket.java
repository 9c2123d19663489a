package chat.weir.websocket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connection on its way between the two servers of the port. This package accepts every connection; one that does not
 * ask for a WebSocket goes to the HTTP server, which returns it if it asks for one later.
 *
 * <p>It stays counted in the connection limits all the while, until {@link #closed}.
 *
 * <p>Threading: confined to the server that holds the connection; handed over with its channel.
 */
public final class HandedOverSocket {
    private final SocketChannel channel;
    private final InetAddress peer;
    private final ByteBuffer alreadyRead;
    private final Selector selector;
    private final ConnectionSlot slot;

    HandedOverSocket(
            SocketChannel channel, InetAddress peer, ByteBuffer alreadyRead, Selector selector, ConnectionSlot slot) {
        this.channel = channel;
        this.peer = peer;
        this.alreadyRead = alreadyRead;
        this.selector = selector;
        this.slot = slot;
    }

    /** The connection's channel, in non-blocking mode. */
    public SocketChannel channel() {
        return channel;
    }

    /** The other end of the socket: the client, or a proxy. */
    public InetAddress peer() {
        return peer;
    }

    /** What was read from the channel and belongs in front of what it will return. Consumed by reading. */
    public ByteBuffer alreadyRead() {
        return alreadyRead;
    }

    /** The channel has been closed; the connection no longer counts. Idempotent. */
    public void closed() {
        slot.release();
    }

    /** That the channel was registered with, and will be again if it comes back. */
    Selector selector() {
        return selector;
    }

    ConnectionSlot slot() {
        return slot;
    }
}
