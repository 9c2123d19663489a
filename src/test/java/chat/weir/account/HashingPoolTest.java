package chat.weir.account;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingPoolTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Executor callers = task -> new Thread(task, "caller").start();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final Callable<String> slow = () -> {
        started.countDown();
        release.await();
        return "slow";
    };

    @AfterEach
    void release() {
        release.countDown();
    }

    private static void assertBusy(HashingPool pool) {
        ChatException reply = assertThrows(ChatException.class, () -> pool.run(() -> "refused"));
        assertEquals(ErrorCode.UNAVAILABLE, reply.code());
        assertTrue(reply.text().contains("busy checking passwords"), reply.text());
    }

    @Test
    void usesHalfOfTheCoresAtLeastOneAndAtMostFour() {
        int[][] threadsByCores = {{1, 1}, {2, 1}, {3, 1}, {4, 2}, {8, 4}, {64, 4}};
        for (int[] pair : threadsByCores) {
            try (HashingPool pool = HashingPool.forCores(pair[0])) {
                assertEquals(pair[1], pool.threads(), pair[0] + " cores");
            }
        }
    }

    @Test
    void refusesACallWhenTheQueueIsFull() throws Exception {
        try (HashingPool pool = new HashingPool(1, 1, LONG)) {
            CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> pool.run(slow), callers);
            started.await();
            CompletableFuture<String> waiting = new CompletableFuture<>();
            CountDownLatch refused = new CountDownLatch(1);
            // Two more: one is queued, the other is rejected.
            Runnable more = () -> {
                try {
                    waiting.complete(pool.run(() -> "waited"));
                } catch (ChatException e) {
                    refused.countDown();
                }
            };
            callers.execute(more);
            callers.execute(more);
            refused.await();
            assertBusy(pool);
            release.countDown();
            assertEquals("slow", running.get());
            assertEquals("waited", waiting.get());
        }
    }

    @Test
    void removesACallThatTimesOutFromTheQueue() throws Exception {
        try (HashingPool pool = new HashingPool(1, 1, Duration.ofMillis(20))) {
            assertThrows(ChatException.class, () -> pool.run(slow));
            started.await();
            for (int i = 0; i < 3; i++) {
                assertBusy(pool);
                assertEquals(0, pool.waiting());
            }
            release.countDown();
            await().ignoreExceptions().until(() -> pool.run(() -> "done").equals("done"));
        }
    }

    @Test
    void reportsAFailureAndContinues() {
        try (HashingPool pool = new HashingPool(1, 1, LONG)) {
            OutOfMemoryError cause = new OutOfMemoryError("of the test");
            IllegalStateException failed = assertThrows(
                    IllegalStateException.class,
                    () -> pool.run(() -> {
                        throw cause;
                    }));
            assertSame(cause, failed.getCause());
            assertEquals("next", pool.run(() -> "next"));
        }
    }

    @Test
    void refusesWaitingCallsWhenItIsClosed() throws Exception {
        HashingPool pool = new HashingPool(1, 1, LONG);
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> assertBusyOrInterrupted(pool), callers);
        started.await();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> assertBusy(pool), callers);
        await().until(() -> pool.waiting() == 1);
        pool.close();
        waiting.get();
        release.countDown();
        running.get();
        assertBusy(pool);
    }

    private void assertBusyOrInterrupted(HashingPool pool) {
        assertThrows(IllegalStateException.class, () -> pool.run(slow), "its thread is interrupted in this test");
    }

    @Test
    void refusesAnInterruptedCallAndKeepsTheInterrupt() {
        try (HashingPool pool = new HashingPool(1, 1, LONG)) {
            Thread.currentThread().interrupt();
            assertThrows(ChatException.class, () -> pool.run(slow));
            assertTrue(Thread.interrupted());
        }
    }
}
