package chat.weir.account;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small thread pool for password hashes, so that many logins cannot take all cores and memory. If its queue is full,
 * a task is rejected immediately: the client can retry, and a longer queue would compute hashes for clients that have
 * given up.
 *
 * <p>Threading: safe. {@link #run} blocks; do not call it on a network thread.
 */
final class HashingPool implements AutoCloseable {
    /** Each thread needs 19 MiB. More threads would not make logins noticeably faster. */
    private static final int MAX_THREADS = 4;

    private static final int WAITING_PER_THREAD = 16;
    /** Sixteen hashes take less than a second; a machine that needs much longer is overloaded. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final Duration timeout;

    HashingPool(int threads, int waiting, Duration timeout) {
        this.timeout = timeout;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "weir-passwords-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Uses half of the cores, at least one and at most four threads. */
    static HashingPool forCores(int cores) {
        int threads = Math.max(1, Math.min(cores / 2, MAX_THREADS));
        return new HashingPool(threads, threads * WAITING_PER_THREAD, TIMEOUT);
    }

    int threads() {
        return threads.getMaximumPoolSize();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /**
     * Runs a task on one of the threads and waits for its result.
     *
     * @throws ChatException 503 if the queue is full or the task takes too long
     */
    <T> T run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            threads.execute(task);
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
            throw busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing a password failed", e.getCause());
        } finally {
            // The result is no longer needed: free its place in the queue.
            if (task.cancel(false)) {
                threads.remove(task);
            }
        }
    }

    private static ChatException busy() {
        return new ChatException(ErrorReason.UNAVAILABLE, "the server is busy checking passwords: try again later");
    }

    /** Cancels queued tasks; running ones are finished. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            ((FutureTask<?>) waiting).cancel(false);
        }
    }
}
