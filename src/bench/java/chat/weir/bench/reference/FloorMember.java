package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client of a floor: its socket, its channel once the handshake is done, what was read of an unfinished frame, and
 * what its socket would not take.
 *
 * <p>Threading: confined to the thread of its loop.
 */
final class FloorMember {
    private static final long POLL_NANOS = 500_000;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final SocketChannel socket;
    private final SelectionKey key;
    private final Remainder unread = new Remainder();
    private final Remainder unsent = new Remainder();
    private @Nullable FloorChannel channel;

    FloorMember(SocketChannel socket, SelectionKey key) {
        this.socket = socket;
        this.key = key;
    }

    @Nullable
    FloorChannel channel() {
        return channel;
    }

    void enter(FloorChannel joined) {
        channel = joined;
        joined.join(this);
    }

    /** Fills the buffer with what was left over and what has come in, ready to be read; false at the end of stream. */
    boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        unread.moveTo(buffer);
        boolean open = socket.read(buffer) >= 0;
        buffer.flip();
        return open;
    }

    /** Keeps what is left in the buffer for the next read. */
    void keep(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            unread.append(buffer);
        }
    }

    /** Writes what the socket takes now and keeps the rest until it takes more. */
    void write(ByteBuffer bytes) {
        try {
            if (unsent.isEmpty()) {
                socket.write(bytes);
            }
            if (bytes.hasRemaining()) {
                unsent.append(bytes);
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException gone) {
            close();
        }
    }

    /**
     * Writes everything, and lets all else wait until the socket has taken it, so that nothing has to be held. A client
     * that takes nothing for ten seconds is closed.
     */
    void writeAll(ByteBuffer bytes) {
        try {
            long since = System.nanoTime();
            while (bytes.hasRemaining()) {
                if (socket.write(bytes) > 0) {
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                    close();
                    return;
                } else {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        } catch (IOException gone) {
            close();
        }
    }

    void writeRemainder() throws IOException {
        if (unsent.writeTo(socket)) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Closes the socket and leaves the channel; a broadcast that is under way runs from the last member to the first. */
    void close() {
        FloorChannel left = channel;
        if (left != null) {
            left.leave(this);
            channel = null;
        }
        try {
            socket.close();
        } catch (IOException closed) {
            key.cancel();
        }
    }
}
