package chat.weir.moderation;

import chat.weir.moderation.model.Actor;
import chat.weir.protocol.ChatException;
import chat.weir.worker.KeyedRateLimiter;
import chat.weir.worker.RateLimiter;
import java.util.function.LongSupplier;

/**
 * Limits the rate of moderation actions per account, over WebSocket and HTTP together: each costs a transaction and is
 * broadcast to the channel.
 *
 * <p>Only accounts that may take moderation actions are counted, so other users cannot fill it.
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
     * Counts an action.
     *
     * @throws ChatException 429 if there were too many; the action does not count then
     */
    void take(Actor actor) {
        long waitNanos = actors.take(actor.subject().key(), nanoTime.getAsLong());
        if (waitNanos > 0) {
            long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            throw ChatException.tooMany("too many moderation actions: wait " + millis + " ms", millis);
        }
    }
}
