package chat.weir.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BackgroundTaskTest {
    private static final int FAILURES = 101;

    private final Logger logger = (Logger) LoggerFactory.getLogger(BackgroundTask.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicInteger steps = new AtomicInteger();
    private BackgroundTask task = started(() -> steps.incrementAndGet() % 3 != 0);

    private static BackgroundTask started(BackgroundTask.Step step) {
        BackgroundTask task = new BackgroundTask("test", step, Duration.ofMillis(1));
        task.start();
        return task;
    }

    @BeforeEach
    void recordLog() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        task.close();
    }

    @Test
    void runsStepsUntilThereIsNoMoreToDo() {
        task.wake();
        await().until(() -> steps.get() == 3);
        await().during(Duration.ofMillis(50)).until(() -> steps.get() == 3);
        task.wake();
        await().until(() -> steps.get() == 6);
    }

    @Test
    void runsAgainIfItIsWokenDuringTheLastStep() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        task.close();
        task = started(() -> {
            runs.incrementAndGet();
            begun.countDown();
            awaitUninterrupted(mayEnd);
            return false;
        });
        task.wake();
        awaitUninterrupted(begun);
        task.wake();
        mayEnd.countDown();
        await().until(() -> runs.get() == 2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void retriesAfterAFailureAndLogsItOnce() {
        failAndRecover(new ChatException(ErrorReason.UNAVAILABLE, "by a test"));
        assertEquals(List.of("WARN the test failed, will retry: by a test", "INFO the test works again"), logLines());
    }

    /** More often than a thread that serves all clients may fail. */
    @Test
    void retriesAfterAFaultInAStep() {
        failAndRecover(new IllegalStateException("by a test"));
        assertEquals(List.of("ERROR the test failed, will retry", "INFO the test works again"), logLines());
    }

    private void failAndRecover(RuntimeException failure) {
        AtomicInteger runs = new AtomicInteger();
        task.close();
        task = started(() -> {
            if (runs.incrementAndGet() <= FAILURES) {
                throw failure;
            }
            return false;
        });
        task.wake();
        await().until(() -> logged.list.stream().anyMatch(event -> event.getLevel() == Level.INFO));
        assertEquals(FAILURES + 1, runs.get());
    }

    private List<String> logLines() {
        return logged.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void runsNoStepAfterItIsClosed() {
        AtomicInteger runs = new AtomicInteger();
        task.close();
        task = started(() -> runs.incrementAndGet() > 0);
        task.wake();
        await().until(() -> runs.get() > 1);
        task.close();
        int before = runs.get();
        task.wake();
        await().during(Duration.ofMillis(50)).until(() -> runs.get() == before);
        assertTrue(before > 1);
    }
}
