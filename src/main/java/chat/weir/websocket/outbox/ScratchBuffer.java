package chat.weir.websocket.outbox;

import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;

/** A buffer outside the heap that each thread keeps, so that sending a frame allocates nothing. */
final class ScratchBuffer {
    private static final int BYTES = 16 * 1024;
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BYTES));

    private ScratchBuffer() {}

    /** The frame, ready to be written; good until the thread asks again. */
    static ByteBuffer holding(Frame frame) {
        ByteBuffer buffer = frame.length() <= BYTES ? BUFFER.get().clear() : ByteBuffer.allocate(frame.length());
        frame.putInto(buffer);
        return buffer.flip();
    }
}
