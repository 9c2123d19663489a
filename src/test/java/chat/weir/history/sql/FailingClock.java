package chat.weir.history.sql;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that throws a given exception once. */
final class FailingClock extends Clock {
    private final Clock clock;
    private final AtomicReference<Throwable> failure;

    FailingClock(Clock clock, AtomicReference<Throwable> failure) {
        this.clock = clock;
        this.failure = failure;
    }

    @Override
    public Instant instant() {
        Throwable throwable = failure.getAndSet(null);
        if (throwable instanceof Error error) {
            throw error;
        }
        if (throwable instanceof RuntimeException exception) {
            throw exception;
        }
        return clock.instant();
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new FailingClock(clock.withZone(zone), failure);
    }
}
