package chat.weir.worker;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A map whose entries expire after five minutes, for what a client of a channel needs again after a reconnect. Holds at most
 * {@value #MAX_ENTRIES} entries; beyond that, or when all channels together hold as many as they may, each new entry
 * replaces the channel's oldest.
 *
 * <p>Rejected: Caffeine. When a cache of it is full, it keeps entries that have been there for long and drops new ones
 * (measured: 100 of the newest 10,000 remain), and a client that reconnects needs the newest. One cache for all channels
 * would also let one channel push out the entries of others, and not say when a channel has none left; one for each
 * channel takes 1.3 KB while it is empty (this map: 80 bytes), for 100,000 channels.
 *
 * <p>Threading: confined to its channel's lock.
 */
public final class ExpiringMap<K, V> {
    static final Duration DURATION = Duration.ofMinutes(5);
    public static final int MAX_ENTRIES = 10_000;

    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();

    /** One permit for each entry that all channels together may still add. */
    private final Semaphore permits;

    public ExpiringMap(Semaphore permits) {
        this.permits = permits;
    }

    private record Entry<V>(V value, long atNanos) {}

    public void put(K key, V value, long nowNanos) {
        remove(key);
        forgetOld(nowNanos);
        if (entries.size() >= MAX_ENTRIES) {
            forgetOldest();
        }
        if (!permits.tryAcquire()) {
            forgetOldest();
            if (!permits.tryAcquire()) {
                return;
            }
        }
        entries.put(key, new Entry<>(value, nowNanos));
    }

    public @Nullable V find(K key, long nowNanos) {
        forgetOld(nowNanos);
        Entry<V> found = entries.get(key);
        return found == null ? null : found.value();
    }

    public void remove(K key) {
        if (entries.remove(key) != null) {
            permits.release();
        }
    }

    public boolean isEmpty(long nowNanos) {
        forgetOld(nowNanos);
        return entries.isEmpty();
    }

    /** Releases all entries, when the channel is forgotten. */
    public void forgetAll() {
        permits.release(entries.size());
        entries.clear();
    }

    private void forgetOldest() {
        Iterator<K> oldest = entries.keySet().iterator();
        if (oldest.hasNext()) {
            oldest.next();
            oldest.remove();
            permits.release();
        }
    }

    private void forgetOld(long nowNanos) {
        Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue().atNanos() > DURATION.toNanos()) {
            oldest.remove();
            permits.release();
        }
    }
}
