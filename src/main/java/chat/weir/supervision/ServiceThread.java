package chat.weir.supervision;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that serves all clients by repeating one step. If a step throws, errors included, this is logged and the
 * next step runs: one message must not stop the service for all. If many steps in a row fail, or the JVM itself is
 * broken, the exception leaves the thread. Its uncaught exception handler (in production, the one that {@code Main}
 * sets) then ends the process, so that a supervisor restarts it.
 *
 * <p>Threading: {@link #end} is safe; the steps run on this thread.
 */
public final class ServiceThread extends Thread {
    private static final Logger log = LoggerFactory.getLogger(ServiceThread.class);

    /** Successive failures after which the thread gives up. */
    static final int MAX_FAILURES = 100;

    private final Step step;
    private volatile boolean ending;

    /** The repeated step. */
    @FunctionalInterface
    public interface Step {
        /** Runs once. @return false to end the thread */
        boolean run() throws InterruptedException;
    }

    /** Creates a daemon thread, which is not started yet. */
    public ServiceThread(String name, Step step) {
        super(name);
        this.step = step;
        setDaemon(true);
    }

    /** Interrupts the current step and ends the thread. */
    public void end() {
        ending = true;
        interrupt();
    }

    @Override
    public void run() {
        int failures = 0;
        boolean isRunning = true;
        while (isRunning && !ending) {
            try {
                isRunning = step.run();
                failures = 0;
            } catch (InterruptedException e) {
                if (!ending) {
                    logFailure(e);
                }
            } catch (Throwable e) {
                failures++;
                logFailure(e);
                if (failures >= MAX_FAILURES || isBrokenJvm(e)) {
                    throw new IllegalStateException(getName() + " has failed for good: " + e, e);
                }
            }
        }
    }

    /** A lack of heap or stack may be temporary; other JVM errors are not. */
    private static boolean isBrokenJvm(Throwable e) {
        return e instanceof VirtualMachineError
                && !(e instanceof OutOfMemoryError)
                && !(e instanceof StackOverflowError);
    }

    private void logFailure(Throwable failure) {
        try {
            log.error("a step of {} failed; it continues", getName(), failure);
        } catch (Throwable e) {
            // There may be too little memory even for logging. Continue anyway.
            failure.addSuppressed(e);
        }
    }
}
