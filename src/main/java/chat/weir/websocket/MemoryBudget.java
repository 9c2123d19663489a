package chat.weir.websocket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all connections together may hold in memory: a bound for each does not bound the sum of them.
 *
 * <p>Threading: safe.
 */
final class MemoryBudget {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes that many bytes, or none and returns false. */
    boolean take(int bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Takes that many bytes whether they are there or not: for the end of a frame that is already half sent. */
    void charge(int bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
