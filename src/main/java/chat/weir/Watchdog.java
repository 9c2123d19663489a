package chat.weir;

import chat.weir.metrics.Counter;
import chat.weir.supervision.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds whether the parts of the server make progress. A part that has work and made none since the
 * last look is stuck: it is logged once with a dump of all threads, counted, and the server is not ready. After a minute
 * the process gives up, so that a supervisor starts it anew.
 *
 * <p>Runs on a thread of its own, since the scheduler's may be what is stuck.
 *
 * <p>Threading: {@link #look} is confined to the watchdog's thread; {@link #stuck} is safe.
 */
final class Watchdog {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A look that comes so late says that the whole process stood still: a suspended machine, a long collection. */
    private static final Duration STANDSTILL = INTERVAL.multipliedBy(2);

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final List<Progress> parts;
    private final LongSupplier nanoTime;
    private final Counter stalls;
    private final Runnable giveUp;
    private final Map<String, Long> progress = new LinkedHashMap<>();
    private final Map<String, Long> stuckSince = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "weir-watchdog");
    private long lastLookNanos;
    private volatile List<String> stuck = List.of();

    /** @param giveUp ends the process; called once something has been stuck for a minute */
    Watchdog(List<Progress> parts, LongSupplier nanoTime, Counter stalls, Runnable giveUp) {
        this.parts = List.copyOf(parts);
        this.nanoTime = nanoTime;
        this.stalls = stalls;
        this.giveUp = giveUp;
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
                TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
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
        boolean stoodStill = now - lastLookNanos > STANDSTILL.toNanos();
        lastLookNanos = now;
        for (Progress part : parts) {
            look(part, now, stoodStill);
        }
        stuck = List.copyOf(new TreeSet<>(stuckSince.keySet()));
        boolean isHopeless = stuckSince.values().stream().anyMatch(since -> now - since >= PATIENCE.toNanos());
        if (isHopeless) {
            log.error("giving up: stuck for {} s parts={}", PATIENCE.toSeconds(), stuck);
            giveUp.run();
        }
    }

    private void look(Progress part, long now, boolean stoodStill) {
        try {
            long reached = part.steps();
            Long before = progress.put(part.part(), reached);
            boolean moved = before == null || before != reached || stoodStill;
            if (moved || !part.hasWork()) {
                recovered(part.part());
            } else if (stuckSince.putIfAbsent(part.part(), now) == null) {
                stalls.increment();
                log.error("stuck part={}\n{}", part.part(), threads());
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

    private static String threads() {
        ThreadInfo[] threads = ManagementFactory.getThreadMXBean().dumpAllThreads(true, true);
        return Arrays.stream(threads).map(ThreadInfo::toString).collect(Collectors.joining());
    }
}
