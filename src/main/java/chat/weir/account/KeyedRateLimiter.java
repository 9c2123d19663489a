package chat.weir.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many tries at once for each key, and then one every so often: the generic cell rate algorithm (ITU-T I.371), one
 * number a key and no timer.
 *
 * <p>Keeps so many keys at most, and forgets the one that was not tried for longest, which then has its burst again. An
 * attacker gains nothing by that: to push one name out he has to have as many others hashed as are kept, which at a
 * hundred hashes a second takes longer than the slow refill of the tries that he wins.
 *
 * <p>Threading: guarded by this.
 */
final class KeyedRateLimiter {
    private static final float LOAD_FACTOR = 0.75f;

    private final long nanosEach;
    private final long nanosOfBurst;

    /** By key: when all that was taken will have been paid back. */
    @GuardedBy("this")
    private final LinkedHashMap<String, Long> paidBack;

    KeyedRateLimiter(int burst, long nanosEach, int maxKept) {
        this.nanosEach = nanosEach;
        this.nanosOfBurst = (burst - 1) * nanosEach;
        this.paidBack = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > maxKept;
            }
        };
    }

    /** Takes one and returns 0, or takes none and returns after how many nanoseconds there will be one. */
    synchronized long take(String key, long nowNanos) {
        Long known = paidBack.get(key);
        long due = known != null && known - nowNanos > 0 ? known : nowNanos;
        long wait = due - nowNanos - nanosOfBurst;
        if (wait > 0) {
            return wait;
        }
        paidBack.put(key, due + nanosEach);
        return 0;
    }

    /** As if one had not been taken. */
    synchronized void giveBack(String key) {
        paidBack.computeIfPresent(key, (k, due) -> due - nanosEach);
    }

    synchronized int size() {
        return paidBack.size();
    }
}
