package chat.weir.connection;

import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that do what has to wait for a database or for the hashing of a password, so that no network thread does.
 *
 * <p>Threading: safe.
 */
public final class Errands implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int WAITING = 1_000;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), this::thread);

    public Errands() {
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "weir-errand-" + count.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does something on one of the threads, which has to deal with what goes wrong in it.
     *
     * @throws ErrorReply 503 if too many wait already
     */
    public void run(Runnable errand) {
        try {
            pool.execute(errand);
        } catch (RejectedExecutionException e) {
            throw new ErrorReply(ErrorCode.UNAVAILABLE, "the server is busy: try again");
        }
    }

    /** Does nothing more. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
