package chat.weir.history;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates message ids: microseconds since the epoch, or one more than the last if the clock has not moved on or has
 * been set back. One sequence for all channels, so that a channel which was forgotten and made anew goes on rising.
 *
 * <p>Threading: safe.
 */
public final class MessageIdGenerator {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public MessageIdGenerator(Clock clock) {
        this.clock = clock;
    }

    /** The mark of one message; {@code timestamp} is the time of day in Unix seconds. */
    public record Stamp(long id, long timestamp) {}

    /** With an id that is larger than every one before it. */
    public Stamp next() {
        Instant now = clock.instant();
        long micros = micros(now);
        while (true) {
            long before = last.get();
            long id = Math.max(micros, before + 1);
            if (last.compareAndSet(before, id)) {
                return new Stamp(id, now.getEpochSecond());
            }
        }
    }

    /** The id given last. */
    long last() {
        return last.get();
    }

    public static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
