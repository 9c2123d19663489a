package chat.weir;

import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.http.HttpServer;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.supervision.Watchdog;
import chat.weir.websocket.ChatServer;
import chat.weir.worker.WorkerPools;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the parts of a server in order, and drains the outboxes in between. */
record ShutdownSequence(
        Watchdog watchdog,
        HttpServer http,
        AccountMessageDeletion messageDeletion,
        ChannelRegistry channels,
        Storage storage,
        ChatServer server,
        Broadcaster broadcaster,
        WorkerPools workerPools,
        Clocks clocks,
        Metrics metrics) {
    private static final Logger log = LoggerFactory.getLogger(ShutdownSequence.class);

    /** The time for clients to receive what is queued for them when the server stops. */
    private static final Duration DRAIN = Duration.ofMillis(2_800);

    /** For all steps together; a supervisor with a timeout of five seconds would kill the process then. */
    private static final Duration STOP_WITHIN = Duration.ofMillis(4_800);

    /** Leaves time to disconnect slow clients and to close the database. */
    private static final Duration DRAINED_BY = Duration.ofMillis(3_800);

    /** Stopping HTTP begins first, and takes at most a second unless something hangs. */
    private static final Duration HTTP_WITHIN = Duration.ofMillis(200);

    /** Returns when all parts are stopped, or after {@link #STOP_WITHIN}; steps that still hang are abandoned. */
    void run() throws IOException, InterruptedException {
        FutureTask<Boolean> steps = new FutureTask<>(this::stopInOrder);
        startDaemon(steps, "weir-stop-steps");
        try {
            boolean unused = steps.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("stopping has taken {} ms: the remaining steps are abandoned", STOP_WITHIN.toMillis());
        } catch (ExecutionException e) {
            throw new IOException("stopping failed", e.getCause());
        }
    }

    private boolean stopInOrder() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        watchdog.stop();
        Thread httpStop = startDaemon(http::stop, "weir-http-stop");
        messageDeletion.close();
        channels.close();
        storage.log().close();
        server.closeAll(CloseCode.GOING_AWAY.number(), "the server is going away");
        long drained = Math.min(System.nanoTime() - begin + DRAIN.toNanos(), DRAINED_BY.toNanos());
        while (server.connectionCount() > 0 && System.nanoTime() - begin < drained) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        server.terminate();
        broadcaster.close();
        workerPools.close();
        clocks.stop();
        httpStop.join(HTTP_WITHIN.toMillis());
        storage.close();
        metrics.close();
        return true;
    }

    private static Thread startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
