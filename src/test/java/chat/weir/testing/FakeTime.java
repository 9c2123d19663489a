package chat.weir.testing;

import chat.weir.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Time that only tests advance; scheduled tasks then run on the test's thread. */
public final class FakeTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong clockOffsetNanos = new AtomicLong();
    private final AtomicReference<Error> failure = new AtomicReference<>();
    private final FakeScheduler scheduler = new FakeScheduler(nanos);
    private final FakeScheduler maintenance = new FakeScheduler(nanos);
    private volatile boolean maintenanceHangs;

    public Clocks clocks() {
        return new Clocks(new FakeClock(), this::nanos, scheduler, maintenance);
    }

    /** Makes the next read of the time throw an error. */
    public void failOnce(Error error) {
        failure.set(error);
    }

    private long nanos() {
        Error error = failure.getAndSet(null);
        if (error != null) {
            throw error;
        }
        return nanos.get();
    }

    /** Advances both clocks, and runs the tasks that are due at their time. */
    public void advance(Duration duration) {
        long end = nanos.get() + duration.toNanos();
        if (maintenanceHangs) {
            scheduler.runUntil(end);
        } else {
            scheduler.runUntil(end, maintenance);
        }
    }

    /** Stops running maintenance tasks. */
    public void hangMaintenance() {
        maintenanceHangs = true;
    }

    /** Simulates a suspended process: the clocks advance, but no task runs. */
    public void standStill(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Sets the wall clock; the monotonic clock is not affected. */
    public void stepClock(Duration step) {
        clockOffsetNanos.addAndGet(step.toNanos());
    }

    private final class FakeClock extends Clock {
        @Override
        public Instant instant() {
            return START.plusNanos(nanos.get() + clockOffsetNanos.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
