package chat.weir.worker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all connections together may hold in memory: a bound for each does not bound the sum of them.
 *
 * <p>Threading: safe.
 */
public final class MemoryBudget {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    public MemoryBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes that many bytes, or none and returns false. */
    public boolean take(int bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Takes that many bytes whether they are there or not: for what is held already and cannot be dropped. */
    public void charge(int bytes) {
        used.addAndGet(bytes);
    }

    /** Nothing is left. */
    public boolean isFull() {
        return used.get() >= maxBytes;
    }

    public void giveBack(int bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }
}
