package chat.weir.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that requests are read, answered and sent on, and a bounded queue of connections that wait for one.
 *
 * <p>The JDK's server takes a thread as soon as a connection's first byte is there, and reads the rest by waiting for
 * it. So two hundred clients that send a byte a second would have every thread, for as long as the server lets them.
 * What helps is not to let them: while anybody waits for a thread, whoever has kept one waiting for half a second is
 * cut off. A limit for each address does not help here, since the server tells its executor nothing about the
 * connection; many more threads only raise the price; and the server's own {@code maxReqTime} is in whole seconds and
 * does not ask whether anybody else is waiting.
 *
 * <p>Threading: safe.
 */
final class RequestThreads implements Executor {
    private static final Logger log = LoggerFactory.getLogger(RequestThreads.class);

    static final int THREADS = 64;
    /** Beyond it the server closes the connection at once. At half a second for each thread it is empty in 2 s. */
    private static final int QUEUE = 4 * THREADS;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Patience patience;
    private final LongSupplier nanoTime;
    private final Map<Thread, Turn> turns = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService watch;

    RequestThreads(Patience patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                KEEP_ALIVE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> daemon(task, "weir-http-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        watch = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "weir-http-watch"));
        Future<?> unused = watch.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if too many wait, or {@link #stop} was called */
    @Override
    public void execute(Runnable request) {
        pool.execute(() -> run(request));
    }

    private void run(Runnable request) {
        Turn turn = new Turn(nanoTime);
        turns.put(Thread.currentThread(), turn);
        try {
            request.run();
        } catch (Throwable e) {
            // Errors too: one request must not end the process as a thread that cannot go on does.
            log.error("a request failed", e);
        } finally {
            turns.remove(Thread.currentThread());
            turn.end();
        }
    }

    /** The turn of the request that the calling thread is on. */
    Turn current() {
        Turn turn = turns.get(Thread.currentThread());
        if (turn == null) {
            throw new IllegalStateException("not on a thread for requests");
        }
        return turn;
    }

    private void look() {
        try {
            boolean isCrowded = !pool.getQueue().isEmpty();
            long nanos = (isCrowded ? patience.crowded() : patience.quiet()).toNanos();
            turns.values().forEach(turn -> turn.cutOffAfter(nanos));
        } catch (RuntimeException | Error e) {
            // Whatever left here would silently end all looking.
            log.error("looking for slow clients failed", e);
        }
    }

    /** How many requests are being read, answered or sent. */
    int busy() {
        return turns.size();
    }

    /** Takes nothing more, and waits so long for what is under way to end by itself. */
    void stop(Duration wait) throws InterruptedException {
        pool.shutdown();
        boolean unused = pool.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
        pool.shutdownNow();
        watch.shutdownNow();
    }
}
