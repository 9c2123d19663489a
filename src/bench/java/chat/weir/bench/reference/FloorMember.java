package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client of a floor: its socket, its channel after the handshake, the beginning of an incomplete frame, and bytes
 * that its socket did not accept.
 *
 * <p>Threading: confined to its loop's thread.
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

    /**
     * Fills the buffer with the kept bytes and with new input, ready to be read. @return false at the end of the stream
     */
    boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        unread.moveTo(buffer);
        boolean open = socket.read(buffer) >= 0;
        buffer.flip();
        return open;
    }

    /** Keeps the remaining bytes for the next read. */
    void keep(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            unread.append(buffer);
        }
    }

    /** Writes what the socket accepts now, and keeps the rest. */
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
     * Writes everything, and blocks the loop until the socket has accepted it, so that nothing is queued. A client that
     * reads nothing for ten seconds is closed.
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

    /**
     * Closes the socket and leaves the channel. This is safe during a broadcast, which iterates from the last member.
     */
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
