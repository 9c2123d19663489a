package chat.weir.worker;

import chat.weir.protocol.ChatException;
import chat.weir.supervision.ServiceThread;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs on its own thread in short steps. After each step it pauses for nine times as long as the step took,
 * so that it uses at most a tenth of the database's time, on a slow disk too. If a step fails, it continues after some
 * seconds, and logs that once.
 *
 * <p>Threading: safe; the steps run on this task's thread.
 */
public final class BackgroundTask implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackgroundTask.class);

    private static final int PAUSE_FACTOR = 9;
    private static final Duration MIN_PAUSE = Duration.ofMillis(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String name;
    private final Step step;
    private final Duration afterFailure;
    private final ServiceThread thread;

    @GuardedBy("this")
    private boolean hasWork;

    @GuardedBy("this")
    private boolean isClosed;

    /** Confined to the thread. */
    private boolean isFailing;

    /** A part of the task. */
    public interface Step {
        /**
         * Runs once.
         *
         * @return whether there is more to do now; if not, the next step begins after {@link #wake}
         * @throws ChatException if that is not possible now
         */
        boolean run();
    }

    /** @param name for the thread and log lines, such as {@code message retention} */
    public BackgroundTask(String name, Step step) {
        this(name, step, AFTER_FAILURE);
    }

    BackgroundTask(String name, Step step, Duration afterFailure) {
        this.name = name;
        this.step = step;
        this.afterFailure = afterFailure;
        this.thread = new ServiceThread("weir-" + name.replace(' ', '-'), this::runStep);
    }

    /** Starts the thread, which waits for {@link #wake}. */
    public void start() {
        thread.start();
    }

    /** Runs steps until there is nothing more to do. */
    public synchronized void wake() {
        hasWork = true;
        notifyAll();
    }

    /** @return false when the task is closed */
    private boolean runStep() throws InterruptedException {
        if (!awaitWork()) {
            return false;
        }
        long begin = System.nanoTime();
        Duration pause;
        try {
            if (step.run()) {
                wake();
            }
            if (isFailing) {
                isFailing = false;
                log.info("the {} works again", name);
            }
            pause = Duration.ofNanos(PAUSE_FACTOR * (System.nanoTime() - begin));
        } catch (RuntimeException e) {
            logFailure(e);
            wake();
            pause = afterFailure;
        }
        pause(pause.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : pause);
        return true;
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        while (!hasWork && !isClosed) {
            wait();
        }
        hasWork = false;
        return !isClosed;
    }

    private synchronized void pause(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toNanos();
        while (left > 0 && !isClosed) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private void logFailure(RuntimeException why) {
        if (isFailing) {
            log.debug("the {} failed again, will retry: {}", name, why.toString());
        } else if (why instanceof ChatException unavailable) {
            log.warn("the {} failed, will retry: {}", name, unavailable.text());
        } else {
            log.error("the {} failed, will retry", name, why);
        }
        isFailing = true;
    }

    /** Ends after the current step. Does not interrupt it: that would close the files that it reads. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
