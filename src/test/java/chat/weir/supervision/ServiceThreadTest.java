package chat.weir.supervision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceThreadTest {
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private final AtomicInteger steps = new AtomicInteger();
    private ServiceThread thread = new ServiceThread("unused", () -> false);

    private ServiceThread start(ServiceThread.Step step) {
        thread = new ServiceThread("service", step);
        thread.setUncaughtExceptionHandler((of, e) -> uncaught.set(e));
        thread.start();
        return thread;
    }

    @AfterEach
    void end() {
        thread.end();
    }

    private static void fail(Throwable throwable) {
        if (throwable instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) throwable;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void continuesAfterAnyThrowable(int which) {
        Throwable throwable = List.of(
                        new IllegalStateException("by a test"),
                        new OutOfMemoryError("by a test"),
                        new StackOverflowError("by a test"),
                        new NoClassDefFoundError("by a test"),
                        new AssertionError("by a test"))
                .get(which);
        CountDownLatch served = new CountDownLatch(1);
        start(() -> {
            if (steps.incrementAndGet() < ServiceThread.MAX_FAILURES) {
                fail(throwable);
            }
            served.countDown();
            return true;
        });
        await().until(() -> served.getCount() == 0);
        assertTrue(thread.isAlive());
        assertNull(uncaught.get());
    }

    @Test
    void countsConsecutiveFailuresOnly() {
        start(() -> {
            int step = steps.incrementAndGet();
            if (step % 2 == 0) {
                throw new IllegalStateException("every other time");
            }
            return step < 6 * ServiceThread.MAX_FAILURES;
        });
        await().until(() -> !thread.isAlive());
        assertNull(uncaught.get());
    }

    @Test
    void givesUpAfterTooManyFailures() {
        start(() -> {
            steps.incrementAndGet();
            throw new IllegalStateException("always");
        });
        await().until(() -> uncaught.get() != null);
        assertEquals(ServiceThread.MAX_FAILURES, steps.get());
        assertEquals(
                "service has failed for good: java.lang.IllegalStateException: always",
                uncaught.get().getMessage());
    }

    @Test
    void givesUpAtOnceWhenTheJvmIsBroken() {
        start(() -> {
            steps.incrementAndGet();
            throw new InternalError("by a test");
        });
        await().until(() -> uncaught.get() != null);
        assertEquals(1, steps.get());
    }

    @Test
    void ignoresInterruptsOfOtherThreads() {
        CountDownLatch never = new CountDownLatch(1);
        start(() -> {
            steps.incrementAndGet();
            never.await();
            return true;
        });
        await().until(() -> steps.get() == 1);
        thread.interrupt();
        await().until(() -> steps.get() == 2);
        thread.end();
        await().until(() -> !thread.isAlive());
        assertNull(uncaught.get());
    }
}
