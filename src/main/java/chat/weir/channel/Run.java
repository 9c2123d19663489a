package chat.weir.channel;

import chat.weir.protocol.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has to say in one turn: the frames for all members, one behind the other, and the asides, which are
 * for one member at one place between them.
 *
 * <p>Threading: filled under its channel's lock, then handed to the one thread that delivers it.
 */
final class Run {
    private static final int KEPT_BYTES = 4096;
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;
    private final List<Aside> asides = new ArrayList<>(0);

    /**
     * Something for one member.
     *
     * @param at how many bytes of the run come before it
     * @param frame null: the member's run begins here, since it came only now
     */
    record Aside(Member member, int at, @Nullable Frame frame) {}

    void append(Frame frame) {
        int end = length + frame.length();
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(512, 2 * bytes.length)));
        }
        frame.putInto(bytes, length);
        length = end;
    }

    void append(Member member, Frame frame) {
        asides.add(new Aside(member, length, frame));
    }

    void startFor(Member member) {
        asides.add(new Aside(member, length, null));
    }

    boolean isEmpty() {
        return length == 0 && asides.isEmpty();
    }

    int length() {
        return length;
    }

    List<Aside> asides() {
        return asides;
    }

    void putInto(ByteBuffer buffer) {
        buffer.put(bytes, 0, length);
    }

    /** Makes it ready for the next turn; a large array is not kept. */
    void clear() {
        length = 0;
        asides.clear();
        if (bytes.length > KEPT_BYTES) {
            bytes = NOTHING;
        }
    }
}
