package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes of one connection that have to wait: an unfinished frame, or what a full socket did not take. Empty most of
 * the time, and without memory of its own until it is first needed.
 *
 * <p>Threading: confined to the thread of its loop.
 */
final class Remainder {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Always ready to be read: what waits lies between its position and its limit. */
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

    /** Moves what waits to the front; of a larger buffer, if this one would be full again soon. */
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

    /** Writes what the socket takes; true if nothing waits any more. */
    boolean writeTo(WritableByteChannel socket) throws IOException {
        socket.write(waiting);
        return isEmpty();
    }
}
