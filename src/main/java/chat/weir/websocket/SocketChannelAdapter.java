package chat.weir.websocket;

import chat.weir.metrics.Counter;
import chat.weir.websocket.handshake.ConnectionSlot;
import chat.weir.websocket.handshake.IdleConnections;
import chat.weir.websocket.handshake.UpgradeRequest;
import chat.weir.websocket.outbox.Outbox;
import chat.weir.websocket.outbox.OutboxConfig;
import chat.weir.worker.MemoryBudget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.java_websocket.WrappedByteChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel that the library sees in place of a client's socket: reads pass through, writes go to the {@link Outbox}.
 * Holds the socket's place in the connection limits, and releases it when it is closed.
 *
 * <p>Threading: safe.
 */
final class SocketChannelAdapter implements WrappedByteChannel {
    private static final Logger log = LoggerFactory.getLogger(SocketChannelAdapter.class);

    private final ClientSocket client;
    private final SocketChannel socket;
    private final ConnectionSlot slot;
    private final HttpConnections http;
    private final Counter handovers;
    private final MemoryBudget incoming;
    private final SelectorCycle selectorCycle;
    private final IdleConnections idle;
    private final SelectionKey key;
    private final InetAddress peer;
    private final Outbox outbox;

    private volatile Holder holder = Holder.WEBSOCKET;

    /** Read before the connection left, or before it came back; confined to the selector's thread after it is set. */
    private volatile @Nullable ByteBuffer alreadyRead;

    /** Of a connection that came back from HTTP. */
    private volatile @Nullable UpgradeRequest accepted;

    @GuardedBy("this")
    private int heldBytes;

    @GuardedBy("this")
    private boolean closed;

    /** Which server reads the connection. */
    private enum Holder {
        WEBSOCKET,
        /** HTTP as soon as the selector's cycle is over; nothing more is read until then. */
        LEAVING,
        HTTP
    }

    SocketChannelAdapter(
            ClientSocket client, SocketChannel socket, SelectionKey key, SocketContext context, ConnectionSlot slot)
            throws IOException {
        this.client = client;
        this.socket = socket;
        this.slot = slot;
        this.http = context.http();
        this.incoming = context.incoming();
        this.selectorCycle = context.selectorCycle();
        this.idle = context.idle();
        this.key = key;
        this.peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        this.handovers = context.metrics().handovers();
        this.outbox = new Outbox(
                client,
                socket,
                key,
                new OutboxConfig(
                        context.maxQueuedBytes(),
                        context.outgoing(),
                        context.metrics().sentBytes()));
    }

    InetAddress peer() {
        return peer;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Counts this socket for an address, once and until it is closed; false if that has far more than its share. */
    boolean countFor(InetAddress address) {
        return slot.countFor(address);
    }

    /**
     * Hands the connection to the HTTP server when the cycle is over.
     *
     * @param bytes that were read from it
     */
    void leave(ByteBuffer bytes) {
        alreadyRead = bytes;
        holder = Holder.LEAVING;
        // If the library aborts this cycle, the next one must not wait for other sockets.
        key.selector().wakeup();
    }

    /**
     * Begins, on the selector's thread, with a connection that came back; from any thread.
     *
     * @param request that has been answered
     * @param frames that came behind it
     */
    void resume(UpgradeRequest request, ByteBuffer frames) {
        alreadyRead = frames;
        accepted = request;
        // A new connection always has room, so the selector reports it at once.
        key.interestOps(SelectionKey.OP_WRITE);
        key.selector().wakeup();
    }

    /** Notes how much is held for what the client has sent in part; false if all together hold too much. */
    synchronized boolean hold(int bytes) {
        int more = bytes - heldBytes;
        if (closed || more <= 0) {
            incoming.giveBack(closed ? 0 : -more);
            heldBytes = closed ? 0 : bytes;
            return true;
        }
        boolean taken = incoming.take(more);
        heldBytes += taken ? more : 0;
        return taken;
    }

    /** A connection that has been reset is at its end, as one that the client has closed. */
    @Override
    public int read(ByteBuffer into) {
        if (holder != Holder.WEBSOCKET) {
            return 0;
        }
        try {
            return socket.read(into);
        } catch (IOException e) {
            log.debug("reading from a client failed", e);
            return -1;
        }
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new IllegalStateException("the library is not given anything to write");
    }

    /** The library asks this when the selector says that there is room in the socket. */
    @Override
    public boolean isNeedWrite() {
        // Also keeps the library from switching OP_WRITE off, which it does without looking at the queue again.
        return true;
    }

    @Override
    public void writeMore() throws IOException {
        selectorCycle.written();
        UpgradeRequest request = accepted;
        ByteBuffer frames = alreadyRead;
        if (request != null && frames != null) {
            accepted = null;
            alreadyRead = null;
            key.interestOps(SelectionKey.OP_READ);
            client.resumed(request, frames);
        } else {
            client.flush();
        }
    }

    /**
     * The library asks this after each read, and once it has read all sockets that had something, it calls
     * {@link #readMore} of those that returned true. Meant for TLS, where a read can leave data over; here it is the one
     * place that marks the end of a cycle over the sockets.
     */
    @Override
    public boolean isNeedRead() {
        boolean wanted = selectorCycle.wantsToKnowItsEnd();
        return wanted || holder == Holder.LEAVING;
    }

    @Override
    public int readMore(ByteBuffer into) {
        handOver();
        selectorCycle.end(key.selector());
        return 0;
    }

    /**
     * Here and not where the request was read, since the library looks at the key again after a read and would break the
     * cycle off if it was cancelled.
     */
    private void handOver() {
        ByteBuffer bytes = alreadyRead;
        if (holder != Holder.LEAVING || bytes == null) {
            return;
        }
        holder = Holder.HTTP;
        alreadyRead = null;
        if (!forget()) {
            // Closed by another thread meanwhile.
            return;
        }
        try {
            key.cancel();
            // Makes the selector forget the channel now, so that it can be registered with it again at any time.
            key.selector().selectNow();
            handovers.increment();
            http.take(new HandedOverSocket(socket, peer, bytes, key.selector(), slot, idle));
        } catch (IOException | RuntimeException e) {
            slot.release();
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a connection that could not be handed over", e);
        }
    }

    @Override
    public boolean isBlocking() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (forget()) {
            slot.release();
            outbox.discard();
            client.released();
            socket.close();
        }
    }

    /** This server is done with the connection; false if it was before. */
    private synchronized boolean forget() {
        if (closed) {
            return false;
        }
        closed = true;
        incoming.giveBack(heldBytes);
        return true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
