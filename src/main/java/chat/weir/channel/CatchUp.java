package chat.weir.channel;

import chat.weir.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent to all members while one that has joined is told what it has missed before.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class CatchUp {
    private final Member member;
    private final int maxBytes;
    private final List<Frame> frames = new ArrayList<>();
    private int bytes;

    /** @param maxBytes of the frames; the member has to read the history if there are more */
    CatchUp(Member member, int maxBytes) {
        this.member = member;
        this.maxBytes = maxBytes;
    }

    Member member() {
        return member;
    }

    void add(Frame frame) {
        bytes += frame.length();
        if (!hasOverflowed()) {
            frames.add(frame);
        }
    }

    /** The last frame is not for this member. */
    void removeLast() {
        if (!hasOverflowed()) {
            Frame last = frames.remove(frames.size() - 1);
            bytes -= last.length();
        }
    }

    boolean hasOverflowed() {
        return bytes > maxBytes;
    }

    List<Frame> frames() {
        return frames;
    }
}
