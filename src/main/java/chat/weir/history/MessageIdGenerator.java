package chat.weir.history;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates message ids: microseconds since the epoch, or the last id + 1 if the clock has not advanced. All channels
 * share one sequence, so that ids keep increasing in a channel that is removed and created again.
 *
 * <p>Threading: safe.
 */
public final class MessageIdGenerator {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public MessageIdGenerator(Clock clock) {
        this.clock = clock;
    }

    /** The id and time of a message; {@code timestamp} is in Unix seconds. */
    public record Stamp(long id, long timestamp) {}

    /** Returns a stamp whose id is larger than all previous ones. */
    public Stamp next() {
        Instant now = clock.instant();
        long micros = micros(now);
        while (true) {
            long previous = last.get();
            long id = Math.max(micros, previous + 1);
            if (last.compareAndSet(previous, id)) {
                return new Stamp(id, now.getEpochSecond());
            }
        }
    }

    /** The latest id. */
    long last() {
        return last.get();
    }

    public static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
