package chat.weir.channel;

import chat.weir.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has to say in one turn: the frames for all members, one behind the other, and the asides, which are
 * for one member at one place between them. The frames are there in two encodings, for those whose own channel it is
 * and for those who joined it; each is made only if there is somebody to read it.
 *
 * <p>Threading: filled under its channel's lock, then handed to the one thread that delivers it.
 */
final class Run {
    private final Frames own = new Frames();
    private final Frames tagged = new Frames();
    private final List<Aside> asides = new ArrayList<>(0);

    /**
     * What is different for one member.
     *
     * @param at how many bytes of the member's encoding come before it
     * @param frame to be put in there; null: none
     * @param skipped how many bytes from there on are not for this member
     */
    record Aside(Member member, int at, @Nullable Frame frame, int skipped) {}

    /** The frames for members of one kind. */
    Frames framesFor(Member member) {
        return member.isJoined() ? tagged : own;
    }

    Frames own() {
        return own;
    }

    Frames tagged() {
        return tagged;
    }

    void append(Member member, Frame frame) {
        asides.add(new Aside(member, framesFor(member).length(), frame, 0));
    }

    /** What is there so far was before this member came. */
    void startFor(Member member) {
        asides.add(new Aside(member, 0, null, framesFor(member).length()));
    }

    /** The last so many bytes are not for this member. */
    void skipLast(Member member, int bytes) {
        asides.add(new Aside(member, framesFor(member).length() - bytes, null, bytes));
    }

    boolean isEmpty() {
        return length() == 0 && asides.isEmpty();
    }

    /** There is something in it that is not for one member only. */
    boolean isForAll() {
        return length() > 0;
    }

    int length() {
        return own.length() + tagged.length();
    }

    List<Aside> asides() {
        return asides;
    }

    /** Makes it ready for the next turn. */
    void clear() {
        own.clear();
        tagged.clear();
        asides.clear();
    }
}
