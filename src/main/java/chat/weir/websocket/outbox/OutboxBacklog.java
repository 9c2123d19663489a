package chat.weir.websocket.outbox;

import chat.weir.protocol.frame.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * The unsent rest of a full socket: copies of batches of whole frames, the first of them perhaps partly sent.
 *
 * <p>Threading: guarded by its {@link Outbox}.
 */
final class OutboxBacklog {
    private static final int SHARED_BYTES = 4 * 1024;

    private final ArrayDeque<ByteBuffer> runs = new ArrayDeque<>();
    private int bytes;

    /** Where in the first batch a frame begins, at or before its position. */
    private int frameStart;

    /**
     * Keeps the rest of a batch.
     *
     * @param run is kept from its position on, which may be within a frame
     * @param start where the batch began, at a frame
     */
    OutboxBacklog(ByteBuffer run, int start) {
        // Whole frames are kept, so that later it can be told where they end.
        int frame = lastBoundary(run, start);
        int begun = run.position() - frame;
        ByteBuffer rest = ByteBuffer.allocate(run.limit() - frame);
        rest.put(run.position(frame)).flip().position(begun);
        runs.add(rest);
        bytes = rest.remaining();
    }

    /** Nothing yet. */
    OutboxBacklog() {}

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Keeps a copy of a whole batch; small ones share a buffer, so that many of them cost no more than their bytes. */
    void add(ByteBuffer run) {
        bytes += run.remaining();
        ByteBuffer last = runs.peekLast();
        if (last == null || last.capacity() - last.limit() < run.remaining()) {
            last = ByteBuffer.allocate(Math.max(SHARED_BYTES, run.remaining())).limit(0);
            runs.add(last);
        }
        int end = last.limit();
        last.limit(end + run.remaining());
        last.put(end, run, run.position(), run.remaining());
        run.position(run.limit());
    }

    /** Keeps a copy of a whole batch ahead of all others, none of which may have been started. */
    void addFirst(ByteBuffer run) {
        bytes += run.remaining();
        ByteBuffer copy = ByteBuffer.allocate(run.remaining());
        runs.addFirst(copy.put(run).flip());
    }

    /** Writes as much as the socket takes. */
    void writeTo(SocketChannel socket) throws IOException {
        while (!runs.isEmpty()) {
            ByteBuffer first = runs.getFirst();
            bytes -= socket.write(first);
            if (first.hasRemaining()) {
                break;
            }
            runs.removeFirst();
            frameStart = 0;
        }
    }

    /** Keeps only the frame that is partly sent, if there is one, as a copy: the batch that it is in may be large. */
    void dropWhatIsNotBegun() {
        ByteBuffer first = runs.peekFirst();
        runs.clear();
        bytes = 0;
        if (first == null) {
            return;
        }
        int start = lastBoundary(first, frameStart);
        frameStart = 0;
        if (start < first.position()) {
            // From its start, since the header tells where it ends.
            int end = Frame.boundaryFrom(first, start, first.position());
            ByteBuffer frame = first.duplicate().position(start).limit(end);
            ByteBuffer copy = ByteBuffer.allocate(end - start).put(frame).flip();
            runs.add(copy.position(first.position() - start));
            bytes = end - first.position();
        }
    }

    /** The memory that is held, in bytes. */
    int capacity() {
        return runs.stream().mapToInt(ByteBuffer::capacity).sum();
    }

    private static int lastBoundary(ByteBuffer run, int start) {
        int position = run.position();
        int at = start;
        while (true) {
            int next = Frame.boundaryFrom(run, at, at + 1);
            if (next > position) {
                return at;
            }
            at = next;
        }
    }
}
