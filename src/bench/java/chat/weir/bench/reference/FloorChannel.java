package chat.weir.bench.reference;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The members that share a path, and their buffered frames (used by the gathered floor only).
 *
 * <p>Threading: confined to its loop's thread.
 */
final class FloorChannel {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final List<FloorMember> members = new ArrayList<>();
    private final ByteBuffer run = ByteBuffer.allocateDirect(BUFFER_BYTES);

    void join(FloorMember member) {
        members.add(member);
    }

    void leave(FloorMember member) {
        members.remove(member);
    }

    ByteBuffer run() {
        return run;
    }

    /** Writes the same bytes to each member; the buffer's position and limit are left as they were. */
    void writeToAll(ByteBuffer bytes) {
        int end = bytes.limit();
        for (int i = members.size() - 1; i >= 0; i--) {
            members.get(i).write(bytes.position(0).limit(end));
        }
    }

    /** Writes a separate buffer to each member, and blocks while a member's socket is full. */
    void writeToEach(Supplier<ByteBuffer> frames) {
        for (int i = members.size() - 1; i >= 0; i--) {
            members.get(i).writeAll(frames.get());
        }
    }
}
