package chat.weir.channel;

import chat.weir.channel.Batch.Aside;
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
final class BatchWriter {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
    private static final int FIRST_CAPACITY = 64 * 1024;

    private ByteBuffer own = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private ByteBuffer tagged = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private ByteBuffer composed = ByteBuffer.allocateDirect(FIRST_CAPACITY);

    void deliver(Batch batch, Member[] members) {
        own = filled(own, batch.own());
        tagged = filled(tagged, batch.tagged());
        if (batch.asides().isEmpty()) {
            for (Member member : members) {
                deliver(shared(member), member);
            }
        } else {
            try {
                deliverWithAsides(batch, members);
            } finally {
                batch.asides().forEach(Aside::unreserve);
            }
        }
    }

    private ByteBuffer shared(Member member) {
        return member.isJoined() ? tagged : own;
    }

    private void deliverWithAsides(Batch batch, Member[] members) {
        // By client: one that left and rejoined within the batch has asides as two members, in that order.
        IdentityHashMap<ChannelClient, List<Aside>> asides = new IdentityHashMap<>();
        for (Aside aside : batch.asides()) {
            asides.computeIfAbsent(aside.member().client(), s -> new ArrayList<>())
                    .add(aside);
        }
        for (Member member : members) {
            List<Aside> mine = asides.remove(member.client());
            if (mine == null) {
                deliver(shared(member), member);
            } else {
                mine.forEach(Aside::unreserve);
                Frame close = compose(shared(member), sinceJoin(member, mine));
                deliver(composed, member);
                deliver(close, member);
            }
        }
        // What is left was for those who hear nothing of the channel, or are gone from it but perhaps still connected.
        asides.values()
                .forEach(mine -> mine.forEach(aside -> {
                    aside.unreserve();
                    deliver(aside.frame(), aside.member());
                }));
    }

    /** Delivers what was for an earlier membership of the same client, and returns the rest. */
    private static List<Aside> sinceJoin(Member member, List<Aside> asides) {
        int earlier = 0;
        while (earlier < asides.size() && !asides.get(earlier).member().equals(member)) {
            deliver(asides.get(earlier).frame(), asides.get(earlier).member());
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

    private static void deliver(@Nullable Frame frame, Member member) {
        if (frame == null) {
            return;
        }
        try {
            member.client().deliver(frame);
        } catch (Throwable e) {
            log.error("a subscriber failed to take a frame", e);
        }
    }

    private static void deliver(ByteBuffer frames, Member member) {
        frames.rewind();
        if (!frames.hasRemaining()) {
            return;
        }
        try {
            member.client().deliver(frames);
        } catch (Throwable e) {
            // One client's failure must not cost the others their messages.
            log.error("a subscriber failed to take frames", e);
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
