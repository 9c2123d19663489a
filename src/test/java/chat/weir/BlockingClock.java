package chat.weir;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that blocks all threads of a given name, so that such a thread is stuck where it reads the time. */
final class BlockingClock extends Clock {
    private final Clocks clocks;
    private final Semaphore released = new Semaphore(0);
    private final AtomicLong blocked = new AtomicLong();
    private volatile String name = "no such thread";

    BlockingClock(Clocks clocks) {
        this.clocks = clocks;
    }

    Clocks clocks() {
        return new Clocks(this, this::nanos, clocks.scheduler(), clocks.maintenance());
    }

    void block(String threads) {
        name = threads;
    }

    void release() {
        name = "no such thread";
        released.release(1_000);
    }

    long blocked() {
        return blocked.get();
    }

    private void pass() {
        if (Thread.currentThread().getName().startsWith(name)) {
            blocked.incrementAndGet();
            waitHere();
        }
    }

    private void waitHere() {
        released.acquireUninterruptibly();
    }

    private long nanos() {
        pass();
        return clocks.nanoTime().getAsLong();
    }

    @Override
    public Instant instant() {
        pass();
        return clocks.clock().instant();
    }

    @Override
    public ZoneId getZone() {
        return clocks.clock().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
