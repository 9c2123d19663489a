package chat.weir.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link RateLimiter} for each of many keys, such as addresses or names.
 *
 * <p>Keeps a fixed number of keys and forgets the least recently used one, which then has its burst again.
 *
 * <p>Threading: guarded by this.
 */
public final class KeyedRateLimiter {
    private static final float LOAD_FACTOR = 0.75f;

    private final RateLimiter limit;

    @GuardedBy("this")
    private final LinkedHashMap<String, RateLimiter.Meter> meters;

    public KeyedRateLimiter(RateLimiter limit, int maxKeys) {
        this.limit = limit;
        this.meters = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, RateLimiter.Meter> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** Takes one permit and returns 0, or takes none and returns the time in nanoseconds until one is available. */
    public synchronized long take(String key, long nowNanos) {
        return meters.computeIfAbsent(key, k -> new RateLimiter.Meter(limit, nowNanos))
                .take(nowNanos);
    }

    /** Returns a permit that was taken. */
    public synchronized void giveBack(String key) {
        meters.computeIfPresent(key, (k, meter) -> {
            meter.giveBack();
            return meter;
        });
    }

    public synchronized int size() {
        return meters.size();
    }
}
