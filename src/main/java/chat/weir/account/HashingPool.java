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
 * The few threads that hash passwords, so that logins, however many, leave cores and memory to the chat. Who comes when
 * as many wait as may is refused at once: his client will try again, and a longer queue would only make everybody wait
 * for hashes whose clients have given up.
 *
 * <p>Threading: safe. {@link #run} waits; it does not belong on a network thread.
 */
final class HashingPool implements AutoCloseable {
    /** As many hashes at once as 4 x 19 MiB hold; more cores are of no use to logins, but would cost memory. */
    private static final int MAX_THREADS = 4;

    private static final int WAITING_PER_THREAD = 16;
    /** Sixteen hashes take less than a second; a machine that needs many times as long is in trouble. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final Duration patience;

    HashingPool(int threads, int waiting, Duration patience) {
        this.patience = patience;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "weir-passwords-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Half of the cores, at least one and at most four. */
    static HashingPool forCores(int cores) {
        int threads = Math.max(1, Math.min(cores / 2, MAX_THREADS));
        return new HashingPool(threads, threads * WAITING_PER_THREAD, PATIENCE);
    }

    int threads() {
        return threads.getMaximumPoolSize();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /**
     * Does something on one of the threads and waits for what comes of it.
     *
     * @throws ChatException 503 if too many wait already, or it takes too long
     */
    <T> T run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            threads.execute(task);
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
            throw busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } finally {
            // Nobody waits for it any more, and it need not keep a place in the queue.
            if (task.cancel(false)) {
                threads.remove(task);
            }
        }
    }

    private static ChatException busy() {
        return new ChatException(ErrorReason.UNAVAILABLE, "too many passwords are being checked now: busy, try again");
    }

    /** What waits is refused; what runs is finished. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            ((FutureTask<?>) waiting).cancel(false);
        }
    }
}
