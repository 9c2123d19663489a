package chat.weir.connection;

/**
 * So many a second, and a burst of so many at once: the generic cell rate algorithm (ITU-T I.371), which needs one
 * number a connection and no timer.
 *
 * <p>Threading: the limit is immutable; each {@link Meter} is confined to its connection's lock or thread.
 *
 * @param nanosEach 0: no limit
 */
record RateLimiter(long nanosEach, int burst) {
    static final RateLimiter NONE = new RateLimiter(0, 0);

    /** A limit of so many a second, 0 for none. */
    static RateLimiter perSecond(int rate, int burst) {
        return rate == 0 ? NONE : new RateLimiter(1_000_000_000L / rate, burst);
    }

    /** What one connection has used of the limit. */
    static final class Meter {
        private final RateLimiter limit;
        /** When all that was taken will have been paid back. */
        private long paidBack;

        Meter(RateLimiter limit, long nowNanos) {
            this.limit = limit;
            this.paidBack = nowNanos;
        }

        /** As if nothing had been taken. */
        void reset(long nowNanos) {
            paidBack = nowNanos;
        }

        /** Takes one and returns 0, or takes none and returns after how many nanoseconds there will be one. */
        long take(long nowNanos) {
            return take(1, nowNanos);
        }

        /** As {@link #take(long)}, but so many: where there is one, the rest is taken in advance. */
        long take(int count, long nowNanos) {
            if (limit.nanosEach == 0) {
                return 0;
            }
            long due = paidBack - nowNanos > 0 ? paidBack : nowNanos;
            long wait = due - nowNanos - (limit.burst - 1) * limit.nanosEach;
            if (wait > 0) {
                return wait;
            }
            paidBack = due + count * limit.nanosEach;
            return 0;
        }
    }
}
