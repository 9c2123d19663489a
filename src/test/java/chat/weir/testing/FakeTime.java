package chat.weir.testing;

import chat.weir.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Time that stands still until a test moves it; what is scheduled happens on the test's thread as it moves. */
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

    /** The next time that anybody asks for the time he gets an error instead. */
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

    /** Moves both clocks on, and runs what falls due meanwhile at its time. */
    public void advance(Duration duration) {
        long end = nanos.get() + duration.toNanos();
        if (maintenanceHangs) {
            scheduler.runUntil(end);
        } else {
            scheduler.runUntil(end, maintenance);
        }
    }

    /** From now on what is scheduled for maintenance does not run any more. */
    public void hangMaintenance() {
        maintenanceHangs = true;
    }

    /** The process stands still that long: the clocks go on, and nothing happens meanwhile. */
    public void standStill(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Sets the time of day on or back; the nanosecond clock knows nothing of it. */
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
