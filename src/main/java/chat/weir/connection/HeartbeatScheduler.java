package chat.weir.connection;

import chat.weir.metrics.Counter;
import chat.weir.protocol.JsonCodec;
import chat.weir.supervision.Progress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeats of all connections. The interval is cut into slots of about 20 ms, each connection is in one of them,
 * and one timer goes from slot to slot: 100,000 connections are served 2,000 at a time, and there is no timer a
 * connection.
 *
 * <p>The answers to one slot's heartbeats come back together and are read in few passes, so a slot should not be much
 * finer; between 20 and 50 ms no difference could be measured with 10,000 connections.
 *
 * <p>A process that stood still for a whole interval (a suspended machine, a long collection) does not make up for the
 * ticks it missed, and counts the silence of all clients anew.
 *
 * <p>Threading: safe; the ticks are on the scheduler's thread.
 */
public final class HeartbeatScheduler implements Progress {
    private static final long SLOT_NANOS = Duration.ofMillis(20).toNanos();

    private static final Logger log = LoggerFactory.getLogger(HeartbeatScheduler.class);

    private final HeartbeatSlot[] slots;
    private final long slotNanos;
    private final HeartbeatFrames frames;
    private final LongSupplier nanoTime;
    private final AtomicInteger arrivals = new AtomicInteger();
    private final Counter late;

    private final AtomicLong beats = new AtomicLong();

    private int next;
    private long nextDueNanos;
    private long resumedNanos;

    /** @param late counts slots that began more than half an interval late */
    public HeartbeatScheduler(Duration interval, JsonCodec codec, LongSupplier nanoTime, Counter late) {
        this.late = late;
        this.slots = new HeartbeatSlot[(int) Math.max(1, interval.toNanos() / SLOT_NANOS)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new HeartbeatSlot();
        }
        this.slotNanos = interval.toNanos() / slots.length;
        this.frames = HeartbeatFrames.encodedBy(codec);
        this.nanoTime = nanoTime;
        this.resumedNanos = nanoTime.getAsLong();
    }

    /** Starts the ticks, until the scheduler is shut down. */
    public void start(ScheduledExecutorService scheduler) {
        nextDueNanos = nanoTime.getAsLong() + slotNanos;
        Future<?> unused =
                scheduler.scheduleAtFixedRate(this::tickNextSlot, slotNanos, slotNanos, TimeUnit.NANOSECONDS);
    }

    /** Assigns connections to the slots in turn, which keeps the slots even. */
    void add(HeartbeatSlot.Client client) {
        slots[Math.floorMod(arrivals.getAndIncrement(), slots.length)].add(client);
    }

    private void tickNextSlot() {
        try {
            long now = nanoTime.getAsLong();
            if (now - nextDueNanos >= slotNanos * slots.length) {
                // The process stood still. What clients answered meanwhile has not been read yet.
                resumedNanos = now;
                nextDueNanos = now;
            }
            if (now - nextDueNanos < 0) {
                return;
            }
            if (now - nextDueNanos > slotNanos * slots.length / 2) {
                late.increment();
            }
            nextDueNanos += slotNanos;
            HeartbeatSlot slot = slots[next];
            next = (next + 1) % slots.length;
            slot.tick(new HeartbeatTick(now, resumedNanos, frames));
            beats.incrementAndGet();
        } catch (Throwable e) {
            // An exception that leaves here would silently end all heartbeats.
            log.error("a slot of heartbeats failed", e);
        }
    }

    @Override
    public String part() {
        return "heartbeats";
    }

    @Override
    public boolean hasWork() {
        return true;
    }

    @Override
    public long steps() {
        return beats.get();
    }

    /** The number of connections in a state. Visits each. */
    public int count(ConnectionState state) {
        int count = 0;
        for (HeartbeatSlot slot : slots) {
            count += slot.count(state);
        }
        return count;
    }
}
