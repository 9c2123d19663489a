package chat.weir.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.connection.Connection;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CommandDispatcherTest {
    private static final int PARKED = 2_000;
    private static final int OTHER_THREADS = 7;

    /** Nested refusals would need a stack as deep as the queue is long. */
    @Test
    void refusesParkedCommandsInALoopWhileTheQueueIsFull() throws InterruptedException {
        StubMessageLog log = new StubMessageLog();
        CountDownLatch end = new CountDownLatch(1);
        try (ConnectionFixture room = new ConnectionFixture(log)) {
            TestTransport wire = new TestTransport();
            Connection connection =
                    room.connectionFactory.open(wire, "/fishing?heartbeat=pong").orElseThrow();
            for (int i = 0; i <= PARKED; i++) {
                room.send(connection, "{'type':'history'}");
            }
            log.asked.await();
            fill(room.workerPools, end);
            log.mayAnswer.countDown();
            await().until(() -> wire.taken.size() > PARKED);
            assertEquals(
                    PARKED,
                    wire.taken.stream().filter(text -> text.contains("503")).count());
        } finally {
            end.countDown();
        }
    }

    /** Occupies the other threads with one task each, then fills the queue. */
    private static void fill(WorkerPools workerPools, CountDownLatch end) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(OTHER_THREADS);
        Runnable task = () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        for (int i = 0; i < OTHER_THREADS; i++) {
            workerPools.submitQuery("busy" + i, task);
        }
        begun.await();
        try {
            for (int i = 0; ; i++) {
                workerPools.submitQuery("waiting" + i, task);
            }
        } catch (ChatException full) {
            assertEquals(ErrorCode.UNAVAILABLE, full.code());
        }
    }
}
