package chat.weir.channel.presence;

import chat.weir.supervision.Progress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls, ten times a second, each channel with something due: a user list to be sent, or a typing user who has become
 * silent. All other channels cost nothing. Rejected: a timer for each channel, since a burst of joins would make
 * thousands.
 *
 * <p>Threading: safe.
 */
public final class ChannelTicker implements Progress {
    /** A channel that is called. */
    interface Ticked {
        /** Broadcasts what is due. */
        void tick();
    }

    private static final Logger log = LoggerFactory.getLogger(ChannelTicker.class);
    private static final long EVERY_MILLIS = 100;

    private final Set<Ticked> watched = ConcurrentHashMap.newKeySet();
    private final AtomicLong rounds = new AtomicLong();

    /** Starts the calls, until the scheduler is shut down. */
    public void start(ScheduledExecutorService scheduler) {
        Future<?> unused =
                scheduler.scheduleWithFixedDelay(this::callAll, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(Ticked ticked) {
        watched.add(ticked);
    }

    void unwatch(Ticked ticked) {
        watched.remove(ticked);
    }

    private void callAll() {
        watched.forEach(ChannelTicker::call);
        rounds.incrementAndGet();
    }

    /** Named for its thread, on which all maintenance runs. */
    @Override
    public String part() {
        return "maintenance";
    }

    @Override
    public boolean hasWork() {
        return true;
    }

    @Override
    public long steps() {
        return rounds.get();
    }

    private static void call(Ticked ticked) {
        try {
            ticked.tick();
        } catch (Throwable e) {
            // Errors too: an exception that leaves here would silently end the ticks of all channels.
            log.error("the tick of a channel failed", e);
        }
    }
}
