package chat.weir.worker;

/**
 * A rate with a burst: the generic cell rate algorithm (ITU-T I.371), which needs one number for each client and no
 * timer.
 *
 * <p>Threading: immutable. Each {@link Meter} is confined to one thread or guarded by its owner's lock.
 *
 * @param intervalNanos between two permits at the steady rate; 0: no limit
 * @param burst how many permits are available at once after a pause
 */
public record RateLimiter(long intervalNanos, int burst) {
    public static final RateLimiter NONE = new RateLimiter(0, 0);

    /** A limit of {@code rate} permits a second; 0: no limit. */
    public static RateLimiter perSecond(int rate, int burst) {
        return rate == 0 ? NONE : new RateLimiter(1_000_000_000L / rate, burst);
    }

    /** What one client has used of a limit. */
    public static final class Meter {
        private final RateLimiter limit;

        /** When all permits taken so far will have been replenished. */
        private long replenishedAt;

        public Meter(RateLimiter limit, long nowNanos) {
            this.limit = limit;
            this.replenishedAt = nowNanos;
        }

        /** Makes the whole burst available again. */
        public void reset(long nowNanos) {
            replenishedAt = nowNanos;
        }

        /** Takes one permit and returns 0, or takes none and returns the time in nanoseconds until one is available. */
        public long take(long nowNanos) {
            return take(1, nowNanos);
        }

        /** As {@link #take(long)} for several permits: if one is available, the others are taken in advance. */
        public long take(int count, long nowNanos) {
            if (limit.intervalNanos == 0) {
                return 0;
            }
            long due = replenishedAt - nowNanos > 0 ? replenishedAt : nowNanos;
            long wait = due - nowNanos - (limit.burst - 1) * limit.intervalNanos;
            if (wait > 0) {
                return wait;
            }
            replenishedAt = due + count * limit.intervalNanos;
            return 0;
        }

        /** Returns a permit that was taken. */
        public void giveBack() {
            replenishedAt -= limit.intervalNanos;
        }
    }
}
