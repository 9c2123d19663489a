package chat.weir.supervision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final Metrics metrics = new Metrics();
    private final AtomicInteger ends = new AtomicInteger();
    private long nanos = 1;
    private boolean hasWork = true;
    private long done;
    private long others;

    private final Watchdog watchdog = new Watchdog(
            List.of(part("log", () -> hasWork, () -> done), part("heartbeats", () -> true, () -> others)),
            () -> nanos,
            metrics.stalls(),
            Watchdog.Timing.DEFAULT,
            ends::incrementAndGet);

    private static Progress part(String name, BooleanSupplier hasWork, LongSupplier steps) {
        return new Progress() {
            @Override
            public String part() {
                return name;
            }

            @Override
            public boolean hasWork() {
                return hasWork.getAsBoolean();
            }

            @Override
            public long steps() {
                return steps.getAsLong();
            }
        };
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private void check() {
        check(Watchdog.Timing.DEFAULT.interval());
    }

    private void check(Duration later) {
        nanos += later.toNanos();
        others++;
        watchdog.check();
    }

    @Test
    void reportsNothingWhileEverythingProgresses() {
        for (int i = 0; i < 20; i++) {
            done++;
            check();
            assertEquals(List.of(), watchdog.stuck());
        }
        assertEquals(0, ends.get());
    }

    @Test
    void reportsNothingForAnIdlePart() {
        hasWork = false;
        for (int i = 0; i < 20; i++) {
            check();
        }
        assertEquals(List.of(), watchdog.stuck());
        assertEquals(0, ends.get());
    }

    @Test
    void reportsAPartWithWorkAndNoProgress() {
        check();
        check();
        assertEquals(List.of("log"), watchdog.stuck());
        check();
        assertEquals(1, metrics.stalls().value());
        done++;
        check();
        assertEquals(List.of(), watchdog.stuck());
        check();
        assertEquals(List.of("log"), watchdog.stuck());
        assertEquals(2, metrics.stalls().value());
    }

    @Test
    void reportsNothingForRecentWork() {
        hasWork = false;
        check();
        hasWork = true;
        check();
        assertEquals(List.of(), watchdog.stuck());
        check();
        assertEquals(List.of("log"), watchdog.stuck());
    }

    @Test
    void givesUpOnceAfterAMinute() {
        check();
        for (int i = 0; i < 6; i++) {
            check();
            assertEquals(0, ends.get());
        }
        check();
        assertEquals(1, ends.get());
        check();
        assertEquals(1, ends.get());
    }

    @Test
    void ignoresASuspendedMachine() {
        check();
        check(Duration.ofHours(1));
        assertEquals(List.of(), watchdog.stuck());
        check();
        assertEquals(List.of("log"), watchdog.stuck());
        assertEquals(0, ends.get());
    }

    @Test
    void continuesIfAPartCannotBeChecked() {
        Watchdog other = new Watchdog(
                List.of(
                        part("broken", () -> true, () -> {
                            throw new IllegalStateException("on purpose");
                        }),
                        part("log", () -> true, () -> 0)),
                () -> nanos,
                metrics.stalls(),
                Watchdog.Timing.DEFAULT,
                ends::incrementAndGet);
        other.check();
        nanos += Watchdog.Timing.DEFAULT.interval().toNanos();
        other.check();
        assertEquals(List.of("log"), other.stuck());
    }

    /** The port's response is on the same path as the handshakes, which the compiler should see as a whole. */
    @Test
    void countsStepsBeforeTheFirstCheck() {
        AtomicInteger steps = new AtomicInteger();
        AtomicInteger stepsAtTheFirstCheck = new AtomicInteger();
        Progress failing = part("failing", () -> true, () -> {
            throw new IllegalStateException("not yet");
        });
        Progress counted =
                part("port", () -> stepsAtTheFirstCheck.compareAndSet(0, steps.get()), steps::incrementAndGet);
        Watchdog started = new Watchdog(
                List.of(failing, counted),
                System::nanoTime,
                metrics.stalls(),
                new Watchdog.Timing(Duration.ofMillis(100), Duration.ofHours(1)),
                ends::incrementAndGet);
        started.start();
        try {
            await().until(() -> stepsAtTheFirstCheck.get() > 0);
        } finally {
            started.stop();
        }
        assertTrue(stepsAtTheFirstCheck.get() > 1, "one step of the check, and those before it");
    }
}
