package chat.weir.channel.broadcast;

import chat.weir.channel.broadcast.Batch.Aside;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch to the members: as it is to all who share it, and composed for those who have asides in it.
 *
 * <p>The batch is copied once into a buffer outside the heap, from which each member's socket is written directly; from
 * the heap the JDK would copy it again for each member.
 *
 * <p>Threading: confined to one thread of {@link Broadcaster}.
 */
public final class BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
    private static final int FIRST_CAPACITY = 64 * 1024;

    private ByteBuffer own = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private ByteBuffer tagged = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private ByteBuffer composed = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    public void deliver(Batch batch, Recipient[] recipients) {
        own = filled(own, batch.own());
        tagged = filled(tagged, batch.tagged());
        if (batch.asides().isEmpty()) {
            for (Recipient recipient : recipients) {
                deliver(shared(recipient), recipient);
            }
        } else {
            try {
                deliverWithAsides(batch, recipients);
            } finally {
                batch.asides().forEach(Aside::unreserve);
            }
        }
    }

    private ByteBuffer shared(Recipient recipient) {
        return recipient.isJoined() ? tagged : own;
    }

    private void deliverWithAsides(Batch batch, Recipient[] recipients) {
        // By client: one that left and rejoined within the batch has asides as two members, in that order.
        IdentityHashMap<FrameReceiver, List<Aside>> asides = new IdentityHashMap<>();
        for (Aside aside : batch.asides()) {
            asides.computeIfAbsent(aside.recipient().receiver(), s -> new ArrayList<>())
                    .add(aside);
        }
        for (Recipient recipient : recipients) {
            List<Aside> mine = asides.remove(recipient.receiver());
            if (mine == null) {
                deliver(shared(recipient), recipient);
            } else {
                mine.forEach(Aside::unreserve);
                Frame close = compose(shared(recipient), sinceJoin(recipient, mine));
                deliver(composed, recipient);
                deliver(close, recipient);
            }
        }
        // What is left was for those who hear nothing of the channel, or are gone from it but perhaps still connected.
        asides.values()
                .forEach(mine -> mine.forEach(aside -> {
                    aside.unreserve();
                    deliver(aside.frame(), aside.recipient());
                }));
    }

    /** Delivers what was for an earlier membership of the same client, and returns the rest. */
    private static List<Aside> sinceJoin(Recipient recipient, List<Aside> asides) {
        int earlier = 0;
        while (earlier < asides.size() && !asides.get(earlier).recipient().equals(recipient)) {
            deliver(asides.get(earlier).frame(), asides.get(earlier).recipient());
            earlier++;
        }
        return asides.subList(earlier, asides.size());
    }

    /**
     * The batch with one member's asides at their positions, as far as the member receives it.
     *
     * @return the close frame that is to follow as a frame of its own, so that it is known to be the last; null: none
     */
    private @Nullable Frame compose(ByteBuffer shared, List<Aside> asides) {
        int room = shared.limit();
        for (Aside aside : asides) {
            room += aside.frame() == null ? 0 : aside.frame().length();
        }
        composed = withRoom(composed, room);
        // A member that came in the middle has skipped all before that, whatever replies it got meanwhile.
        int from = asides.stream()
                .filter(aside -> aside.at() == 0)
                .mapToInt(Aside::skipped)
                .max()
                .orElse(0);
        for (Aside aside : asides) {
            if (aside.at() > from) {
                composed.put(shared.duplicate().limit(aside.at()).position(from));
                from = aside.at();
            }
            if (aside.frame() != null && aside.frame().isClose()) {
                composed.flip();
                return aside.frame();
            }
            if (aside.frame() != null) {
                aside.frame().putInto(composed);
            }
            from = Math.max(from, aside.at() + aside.skipped());
        }
        composed.put(shared.duplicate().position(from));
        composed.flip();
        return null;
    }

    private static void deliver(@Nullable Frame frame, Recipient recipient) {
        if (frame == null) {
            return;
        }
        try {
            recipient.receiver().deliver(frame);
        } catch (Throwable e) {
            log.error("a client failed to take a frame", e);
        }
    }

    private static void deliver(ByteBuffer frames, Recipient recipient) {
        frames.rewind();
        if (!frames.hasRemaining()) {
            return;
        }
        try {
            recipient.receiver().deliver(frames);
        } catch (Throwable e) {
            // One client's failure must not cost the others their messages.
            log.error("a client failed to take frames", e);
        }
    }

    private static ByteBuffer filled(ByteBuffer buffer, FrameBuffer frames) {
        ByteBuffer roomy = withRoom(buffer, frames.length());
        frames.putInto(roomy);
        return roomy.flip();
    }

    private static ByteBuffer withRoom(ByteBuffer buffer, int needed) {
        ByteBuffer roomy =
                buffer.capacity() >= needed ? buffer : ByteBuffer.allocateDirect(Integer.highestOneBit(needed) * 2);
        return roomy.clear();
    }
}
