package chat.weir.websocket;

import chat.weir.websocket.handshake.ConnectionSlot;
import chat.weir.websocket.handshake.IdleConnections;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connection on its way between the two servers of the port. This package accepts every connection; one that does not
 * ask for a WebSocket goes to the HTTP server, which returns it if it asks for one later.
 *
 * <p>It stays counted in the connection limits all the while, until {@link #closed}. While no request is under way on it,
 * after the first one, it can be closed to make room for another when the server is full.
 *
 * <p>Threading: the requests and the end are safe, guarded by this; the rest is confined to the server that holds the
 * connection, and handed over with its channel.
 */
public final class HandedOverSocket implements IdleConnections.Idle {
    private final SocketChannel channel;
    private final InetAddress peer;
    private final ByteBuffer alreadyRead;
    private final Selector selector;
    private final ConnectionSlot slot;
    private final IdleConnections idleConnections;

    /** The answer to one may still be completed while the next one begins. */
    @GuardedBy("this")
    private int requests;

    /** It is among the idle connections, unless it has been taken from them to make room. */
    @GuardedBy("this")
    private boolean isIdle;

    @GuardedBy("this")
    private boolean ended;

    private volatile Runnable close = () -> {};

    HandedOverSocket(
            SocketChannel channel,
            InetAddress peer,
            ByteBuffer alreadyRead,
            Selector selector,
            ConnectionSlot slot,
            IdleConnections idleConnections) {
        this.channel = channel;
        this.peer = peer;
        this.alreadyRead = alreadyRead;
        this.selector = selector;
        this.slot = slot;
        this.idleConnections = idleConnections;
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

    /**
     * How the server that holds the connection closes it to make room.
     *
     * @param action closes the connection, and leads to {@link #closed}; never blocks
     */
    public void closeBy(Runnable action) {
        close = action;
    }

    /** A request has been received. @return false if the connection is being closed to make room for another */
    public synchronized boolean requestBegins() {
        if (ended || (isIdle && !idleConnections.remove(this))) {
            return false;
        }
        isIdle = false;
        requests++;
        return true;
    }

    /** The request has been answered. To be called once for each that has begun. */
    public synchronized void requestEnds() {
        requests--;
        if (requests == 0 && !ended) {
            isIdle = true;
            idleConnections.add(this);
        }
    }

    /** The channel has been closed; the connection no longer counts. Idempotent. */
    public void closed() {
        synchronized (this) {
            ended = true;
            idleConnections.remove(this);
        }
        slot.release();
    }

    @Override
    public void makeRoom() {
        close.run();
    }

    /** That the channel was registered with, and will be again if it comes back. */
    Selector selector() {
        return selector;
    }

    ConnectionSlot slot() {
        return slot;
    }
}
