package chat.weir.channel.broadcast;

import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Frames, one behind the other in one array.
 *
 * <p>Threading: as the {@link Batch} that it is in.
 */
public final class FrameBuffer {
    private static final int KEPT_BYTES = 4096;
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;

    public void append(Frame frame) {
        int end = length + frame.length();
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(512, 2 * bytes.length)));
        }
        frame.putInto(bytes, length);
        length = end;
    }

    public int length() {
        return length;
    }

    void putInto(ByteBuffer buffer) {
        buffer.put(bytes, 0, length);
    }

    /** Forgets them; a large array is not kept. */
    void clear() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = NOTHING;
        }
    }
}
