package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What was sent with a {@code ref} in the last five minutes, so that a client which did not see the acknowledgement
 * may send again without being heard twice. Holds at most {@value #MAX_ENTRIES}; beyond that, or when all channels
 * together hold as much as they may, the channel's oldest is forgotten for each that comes.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class SentRefs {
    static final Duration REMEMBERED = Duration.ofMinutes(5);
    static final int MAX_ENTRIES = 10_000;

    private final LinkedHashMap<Key, Sent> sent = new LinkedHashMap<>();

    /** One for each entry that the channels together may still make. */
    private final Semaphore places;

    SentRefs(Semaphore places) {
        this.places = places;
    }

    private record Key(String name, String ref) {}

    private record Sent(Ack ack, long atNanos) {}

    void remember(UserName name, Ack ack, long nowNanos) {
        forgetOld(nowNanos);
        if (sent.size() >= MAX_ENTRIES) {
            forgetOldest();
        }
        if (!places.tryAcquire()) {
            forgetOldest();
            if (!places.tryAcquire()) {
                return;
            }
        }
        if (sent.put(new Key(name.key(), ack.ref()), new Sent(ack, nowNanos)) != null) {
            places.release();
        }
    }

    /** The acknowledgement that the same name got for the same ref, if it is not older than five minutes. */
    @Nullable
    Ack find(UserName name, String ref, long nowNanos) {
        forgetOld(nowNanos);
        Sent found = sent.get(new Key(name.key(), ref));
        return found == null ? null : found.ack();
    }

    boolean isEmpty(long nowNanos) {
        forgetOld(nowNanos);
        return sent.isEmpty();
    }

    /** The channel is forgotten, and all of this with it. */
    void forgetAll() {
        places.release(sent.size());
        sent.clear();
    }

    private void forgetOldest() {
        Iterator<Key> oldest = sent.keySet().iterator();
        if (oldest.hasNext()) {
            oldest.next();
            oldest.remove();
            places.release();
        }
    }

    private void forgetOld(long nowNanos) {
        Iterator<Map.Entry<Key, Sent>> oldest = sent.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue().atNanos() > REMEMBERED.toNanos()) {
            oldest.remove();
            places.release();
        }
    }
}
