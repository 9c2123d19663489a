package chat.weir.channel.broadcast;

import chat.weir.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a channel delivers in one broadcast cycle. Frames for all members form one sequence; an aside is a frame
 * for one member, at a position in that sequence. There are two encodings of the sequence: one for connections whose URL
 * names the channel, one for connections that joined it. Each is built only if a member needs it.
 *
 * <p>Threading: filled under its channel's lock, then handed to the one thread that delivers it.
 */
public final class Batch {
    private final FrameBuffer own = new FrameBuffer();
    private final FrameBuffer tagged = new FrameBuffer();
    private final List<Aside> asides = new ArrayList<>(0);

    /** How many frames all hear, and how many of them are messages. */
    private int frames;

    private int messages;

    /** When the first of the messages was received. */
    private long firstReceivedNanos;

    /**
     * What is different for one member. Its memory is reserved with the member's client, and released once, when it is
     * delivered or the batch ends without that.
     */
    static final class Aside {
        private final Recipient recipient;
        private final int at;
        private final @Nullable Frame frame;
        private final int skipped;
        private int reserved;

        private Aside(Recipient recipient, int at, @Nullable Frame frame, int skipped, int reserved) {
            this.recipient = recipient;
            this.at = at;
            this.frame = frame;
            this.skipped = skipped;
            this.reserved = reserved;
        }

        Recipient recipient() {
            return recipient;
        }

        /** How many bytes of the member's encoding come before it. */
        int at() {
            return at;
        }

        /** The frame to insert; null: none. */
        @Nullable
        Frame frame() {
            return frame;
        }

        /** How many bytes from there on are not for this member. */
        int skipped() {
            return skipped;
        }

        void unreserve() {
            if (reserved > 0) {
                int bytes = reserved;
                reserved = 0;
                recipient.receiver().unreserve(bytes);
            }
        }
    }

    /** The frames for members of one kind. */
    public FrameBuffer framesFor(Recipient recipient) {
        return recipient.isJoined() ? tagged : own;
    }

    public FrameBuffer own() {
        return own;
    }

    public FrameBuffer tagged() {
        return tagged;
    }

    /**
     * Appends a frame for one recipient.
     *
     * @param reserved memory that was reserved for it, in bytes
     */
    public void append(Recipient recipient, Frame frame, int reserved) {
        asides.add(new Aside(recipient, framesFor(recipient).length(), frame, 0, reserved));
    }

    /** What is there so far was before this member came. */
    public void startFor(Recipient recipient) {
        asides.add(new Aside(recipient, 0, null, framesFor(recipient).length(), 0));
    }

    /** The last so many bytes are not for this member. */
    public void skipLast(Recipient recipient, int bytes) {
        asides.add(new Aside(recipient, framesFor(recipient).length() - bytes, null, bytes, 0));
    }

    /** One more frame is for all. */
    public void countFrame() {
        frames++;
    }

    /** One more of the frames is a message. */
    public void countMessage(long receivedNanos) {
        if (messages == 0) {
            firstReceivedNanos = receivedNanos;
        }
        messages++;
    }

    public int frames() {
        return frames;
    }

    public int messages() {
        return messages;
    }

    public long firstReceivedNanos() {
        return firstReceivedNanos;
    }

    public boolean isEmpty() {
        return length() == 0 && asides.isEmpty();
    }

    /** It holds a frame that is not for one member only. */
    public boolean isForAll() {
        return length() > 0;
    }

    public int length() {
        return own.length() + tagged.length();
    }

    List<Aside> asides() {
        return asides;
    }

    /** Prepares it for the next cycle. */
    public void clear() {
        own.clear();
        tagged.clear();
        asides.clear();
        frames = 0;
        messages = 0;
    }
}
