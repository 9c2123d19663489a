package chat.weir;

import chat.weir.metrics.Counter;
import chat.weir.supervision.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds whether the parts of the server make progress. A part that had work at the last look, has work
 * now, and made no progress between them is stuck: it is logged and counted, and the server is not ready. The first part
 * that gets stuck is logged with a dump of all threads; further ones only by name, since they often wait for the first.
 * After a minute the process gives up, so that a supervisor starts it anew.
 *
 * <p>Runs on a thread of its own, since the scheduler's may be what is stuck.
 *
 * <p>Threading: {@link #look} is confined to the watchdog's thread; {@link #stuck} is safe.
 */
final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final List<Progress> parts;
    private final LongSupplier nanoTime;
    private final Counter stalls;
    private final Runnable giveUp;
    private final Timing timing;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Long> stuckSince = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "weir-watchdog");
    private long lastLookNanos;
    private boolean hasGivenUp;
    private volatile List<String> stuck = List.of();

    /**
     * How often to look, and for how long to wait.
     *
     * @param interval from one look to the next
     * @param patience from finding a part stuck to giving up
     */
    record Timing(Duration interval, Duration patience) {
        static final Timing USUAL = new Timing(Duration.ofSeconds(10), Duration.ofMinutes(1));

        /**
         * A look that comes so late shows that the whole process stood still: a suspended machine, a long collection.
         * Waiting for the own port alone, twice {@link #answerTimeout}, never takes so long.
         */
        Duration standstill() {
            return interval.multipliedBy(3);
        }

        /** For a connection to the own port, and again for the answer. */
        Duration answerTimeout() {
            return interval.dividedBy(2);
        }
    }

    /** What a look found. */
    private record Seen(long steps, boolean hadWork) {}

    /** @param giveUp ends the process; called once, when something has been stuck for too long */
    Watchdog(List<Progress> parts, LongSupplier nanoTime, Counter stalls, Timing timing, Runnable giveUp) {
        this.parts = List.copyOf(parts);
        this.nanoTime = nanoTime;
        this.stalls = stalls;
        this.giveUp = giveUp;
        this.timing = timing;
        this.lastLookNanos = nanoTime.getAsLong();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(timing.interval().toMillis());
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The parts that are stuck, by name. */
    List<String> stuck() {
        return stuck;
    }

    void look() {
        long now = nanoTime.getAsLong();
        boolean stoodStill = now - lastLookNanos > timing.standstill().toNanos();
        lastLookNanos = now;
        boolean wasWell = stuckSince.isEmpty();
        for (Progress part : parts) {
            look(part, now, stoodStill);
        }
        stuck = List.copyOf(new TreeSet<>(stuckSince.keySet()));
        if (wasWell && !stuck.isEmpty()) {
            log.error("threads while stuck parts={}", stuck, ThreadDump.now());
        }
        boolean isHopeless = stuckSince.values().stream()
                .anyMatch(since -> now - since >= timing.patience().toNanos());
        if (isHopeless && !hasGivenUp) {
            hasGivenUp = true;
            log.error("giving up: stuck for {} s parts={}", timing.patience().toSeconds(), stuck);
            giveUp.run();
        }
    }

    private void look(Progress part, long now, boolean stoodStill) {
        try {
            Seen current = new Seen(part.steps(), part.hasWork());
            Seen before = seen.put(part.part(), current);
            // Work that has only just come at one of the two looks is no reason for alarm.
            if (stoodStill || !current.hadWork() || !current.equals(before)) {
                recovered(part.part());
            } else if (stuckSince.putIfAbsent(part.part(), now) == null) {
                stalls.increment();
                log.error("stuck part={}", part.part());
            }
        } catch (RuntimeException e) {
            log.error("a part cannot be checked part={}", part.part(), e);
        }
    }

    private void recovered(String part) {
        if (stuckSince.remove(part) != null) {
            log.warn("no longer stuck part={}", part);
        }
    }
}
