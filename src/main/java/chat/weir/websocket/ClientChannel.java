package chat.weir.websocket;

import chat.weir.channel.MemoryBudget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.java_websocket.WrappedByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The channel that the library sees in place of a client's socket: reading goes through, writing is the
 * {@link Outbox}'s. Also knows what the socket has been counted for, and gives it back when it is closed.
 *
 * <p>Threading: safe.
 */
final class ClientChannel implements WrappedByteChannel {
    private final ClientSocket client;
    private final SocketChannel socket;
    private final ConnectionLimits limits;
    private final MemoryBudget incoming;
    private final SelectorPass pass;
    private final SelectionKey key;
    private final InetAddress peer;
    private final Outbox outbox;

    @GuardedBy("this")
    private @Nullable InetAddress counted;

    @GuardedBy("this")
    private int heldBytes;

    @GuardedBy("this")
    private boolean closed;

    ClientChannel(ClientSocket client, SocketChannel socket, SelectionKey key, SocketRules rules) throws IOException {
        this.client = client;
        this.socket = socket;
        this.limits = rules.admission().limits();
        this.incoming = rules.incoming();
        this.pass = rules.pass();
        this.key = key;
        this.peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        this.outbox = new Outbox(client, socket, key, rules.maxQueuedBytes(), rules.outgoing());
    }

    InetAddress peer() {
        return peer;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Counts this socket for an address, once and until it is closed; false if that has far more than its share. */
    synchronized boolean countFor(InetAddress address) {
        if (counted != null) {
            return true;
        }
        if (closed || !limits.enter(address)) {
            return false;
        }
        counted = address;
        return true;
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

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
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
        pass.written();
        client.flush();
    }

    /**
     * The library asks this after each read, and once it has read all sockets that had something, it calls
     * {@link #readMore} of those that said yes. Meant for TLS, where a read can leave something over; for us it is the
     * one place where a pass over the sockets is known to have ended.
     */
    @Override
    public boolean isNeedRead() {
        return pass.wantsToKnowItsEnd();
    }

    @Override
    public int readMore(ByteBuffer into) {
        pass.end(key.selector());
        return 0;
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
        if (giveBack()) {
            outbox.discard();
            client.released();
            socket.close();
        }
    }

    /** Gives back what the socket has been counted for; false if that has been done before. */
    synchronized boolean giveBack() {
        if (closed) {
            return false;
        }
        closed = true;
        incoming.giveBack(heldBytes);
        limits.leave();
        if (counted != null) {
            limits.leave(counted);
        }
        return true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
