package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Pending bytes of one connection: an incomplete frame, or output that a full socket did not accept. Usually empty, and
 * allocated on first use.
 *
 * <p>Threading: confined to its loop's thread.
 */
final class Remainder {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** In read mode: the pending bytes are between its position and its limit. */
    private ByteBuffer waiting = NOTHING;

    boolean isEmpty() {
        return !waiting.hasRemaining();
    }

    void append(ByteBuffer bytes) {
        int needed = waiting.remaining() + bytes.remaining();
        if (needed > MAX_BYTES) {
            throw new IllegalStateException("a client reads too slowly: " + needed + " bytes wait for it");
        }
        if (waiting.capacity() - waiting.limit() < bytes.remaining()) {
            makeRoom(needed);
        }
        int begin = waiting.position();
        waiting.position(waiting.limit()).limit(waiting.capacity());
        waiting.put(bytes).flip().position(begin);
    }

    /** Compacts the buffer, or replaces it by a larger one if it would soon be full again. */
    private void makeRoom(int needed) {
        if (needed > waiting.capacity() / 2) {
            waiting = ByteBuffer.allocateDirect(2 * needed).put(waiting).flip();
        } else {
            waiting.compact().flip();
        }
    }

    void moveTo(ByteBuffer target) {
        if (waiting.hasRemaining()) {
            target.put(waiting);
        }
    }

    /** Writes what the socket accepts. @return true if nothing is pending */
    boolean writeTo(WritableByteChannel socket) throws IOException {
        socket.write(waiting);
        return isEmpty();
    }
}
