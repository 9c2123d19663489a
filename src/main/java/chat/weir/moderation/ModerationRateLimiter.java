package chat.weir.moderation;

import chat.weir.protocol.ChatException;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how many moderation actions one account takes, over the socket and the HTTP API together: each is a
 * transaction and is told to everybody in the channel. The generic cell rate algorithm (ITU-T I.371), one number an
 * account.
 *
 * <p>Keeps {@value #MAX_ACTORS} accounts at most and forgets the one that has been idle for longest. Only accounts that
 * may take moderation actions are counted, so strangers cannot fill it.
 *
 * <p>Threading: guarded by this.
 */
final class ModerationRateLimiter {
    private static final int MAX_ACTORS = 10_000;
    private static final float LOAD_FACTOR = 0.75f;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanoTime;

    /** By the subject's key: when all that was taken will have been paid back. */
    @GuardedBy("this")
    private final LinkedHashMap<String, Long> paidBack;

    ModerationRateLimiter(ModerationLimits limits, LongSupplier nanoTime) {
        this.intervalNanos = limits.interval().toNanos();
        this.burstNanos = (limits.burst() - 1) * intervalNanos;
        this.nanoTime = nanoTime;
        this.paidBack = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MAX_ACTORS;
            }
        };
    }

    /**
     * Counts a moderation action.
     *
     * @throws ChatException 429 if there were too many; then it does not count
     */
    void take(Actor actor) {
        long waitNanos = wait(actor.subject().key(), nanoTime.getAsLong());
        if (waitNanos > 0) {
            long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            throw ChatException.tooMany("too many measures: wait " + millis + " ms", millis);
        }
    }

    private synchronized long wait(String actor, long nowNanos) {
        Long known = paidBack.get(actor);
        long due = known != null && known - nowNanos > 0 ? known : nowNanos;
        long wait = due - nowNanos - burstNanos;
        if (wait <= 0) {
            paidBack.put(actor, due + intervalNanos);
        }
        return wait;
    }
}
