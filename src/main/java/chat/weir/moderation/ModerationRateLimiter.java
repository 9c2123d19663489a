package chat.weir.moderation;

import chat.weir.protocol.ChatException;
import chat.weir.worker.KeyedRateLimiter;
import chat.weir.worker.RateLimiter;
import java.util.function.LongSupplier;

/**
 * Limits how many moderation actions one account takes, over the socket and the HTTP API together: each is a
 * transaction and is announced to everybody in the channel.
 *
 * <p>Only accounts that may take moderation actions are counted, so strangers cannot fill it.
 *
 * <p>Threading: safe.
 */
final class ModerationRateLimiter {
    private static final int MAX_ACTORS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final KeyedRateLimiter actors;
    private final LongSupplier nanoTime;

    ModerationRateLimiter(ModerationLimits limits, LongSupplier nanoTime) {
        this.actors = new KeyedRateLimiter(new RateLimiter(limits.interval().toNanos(), limits.burst()), MAX_ACTORS);
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a moderation action.
     *
     * @throws ChatException 429 if there were too many; then it does not count
     */
    void take(Actor actor) {
        long waitNanos = actors.take(actor.subject().key(), nanoTime.getAsLong());
        if (waitNanos > 0) {
            long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            throw ChatException.tooMany("too many measures: wait " + millis + " ms", millis);
        }
    }
}
