package chat.weir.supervision;

import chat.weir.metrics.Counter;
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
 * Checks every ten seconds whether the parts of the server make progress. A part that had work at the last check, has
 * work now, and has made no progress in between is stuck: this is logged and counted, and the server is not ready. The
 * first stuck part is logged with a thread dump; further ones only by name, since they often wait for the first. After
 * a minute the process gives up, so that a supervisor restarts it.
 *
 * <p>Runs on its own thread, because the scheduler thread may be the one that is stuck.
 *
 * <p>Threading: {@link #check} is confined to the watchdog thread; {@link #stuck} is safe.
 */
public final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private static final int EARLY_PROBES = 10;

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
     * The interval of the checks, and the time until giving up.
     *
     * @param interval from one check to the next
     * @param patience from the detection of a stuck part until giving up
     */
    public record Timing(Duration interval, Duration patience) {
        public static final Timing DEFAULT = new Timing(Duration.ofSeconds(10), Duration.ofMinutes(1));

        /**
         * A check that is later than this shows that the whole process was stopped, for example by a suspended machine
         * or a long garbage collection. A check of the port takes at most twice {@link #answerTimeout}, which is less.
         */
        Duration standstill() {
            return interval.multipliedBy(3);
        }

        /** For connecting to the server's own port, and again for the response. */
        public Duration answerTimeout() {
            return interval.dividedBy(2);
        }
    }

    /** The result of a check. */
    private record Seen(long steps, boolean hadWork) {}

    /** @param giveUp ends the process; called once, if a part is stuck for too long */
    public Watchdog(List<Progress> parts, LongSupplier nanoTime, Counter stalls, Timing timing, Runnable giveUp) {
        this.parts = List.copyOf(parts);
        this.nanoTime = nanoTime;
        this.stalls = stalls;
        this.giveUp = giveUp;
        this.timing = timing;
        this.lastLookNanos = nanoTime.getAsLong();
        thread.setDaemon(true);
    }

    /** Starts the checks on a thread of their own. */
    public void start() {
        thread.start();
    }

    /** Ends the checks. */
    public void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            probeBeforeTheFirstCheck();
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(timing.interval().toMillis());
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Counts the steps more often until the first check, which asks the port for an HTTP response each time. So the
     * compiler sees that path while it compiles the path of WebSockets, which clients may open by the thousand after a start.
     * Otherwise the first check would invalidate most of that code: measured on one core, the compiler worked two seconds
     * more, and a fifth fewer handshakes were answered.
     */
    private void probeBeforeTheFirstCheck() throws InterruptedException {
        long step = timing.interval().toNanos() / EARLY_PROBES;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < timing.interval().toNanos() - step) {
            TimeUnit.NANOSECONDS.sleep(step);
            parts.forEach(Watchdog::probe);
        }
    }

    private static void probe(Progress part) {
        try {
            long unused = part.steps();
        } catch (RuntimeException e) {
            log.debug("a part cannot be checked yet part={}", part.part(), e);
        }
    }

    /** The names of the stuck parts. */
    public List<String> stuck() {
        return stuck;
    }

    /** Checks all parts once. Called by the watchdog thread. */
    public void check() {
        long now = nanoTime.getAsLong();
        boolean stoodStill = now - lastLookNanos > timing.standstill().toNanos();
        lastLookNanos = now;
        boolean wasWell = stuckSince.isEmpty();
        for (Progress part : parts) {
            check(part, now, stoodStill);
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

    private void check(Progress part, long now, boolean stoodStill) {
        try {
            Seen current = new Seen(part.steps(), part.hasWork());
            Seen before = seen.put(part.part(), current);
            // Work at only one of the two checks is normal.
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
