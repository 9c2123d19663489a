package chat.weir.supervision;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that serves every client by repeating one step. A step that throws anything, errors included, is logged, and
 * the next one runs: one message must not end the service for all. If steps fail over and over, or the JVM itself is
 * broken, the throwable leaves the thread; its uncaught exception handler (in production, the one that {@code Main}
 * sets) then ends the process, so that it is restarted instead of living on without this service.
 *
 * <p>Threading: {@link #end} is safe; the steps run on this thread.
 */
public final class ServiceThread extends Thread {
    private static final Logger log = LoggerFactory.getLogger(ServiceThread.class);

    /** Without a success in between. By then nothing is served any more. */
    static final int MAX_FAILURES = 100;

    private final Step step;
    private volatile boolean ending;

    /** What is repeated. */
    @FunctionalInterface
    public interface Step {
        /** Runs once. @return false if there is nothing left to do, and the thread is to end */
        boolean run() throws InterruptedException;
    }

    /** A daemon thread; it has to be started. */
    public ServiceThread(String name, Step step) {
        super(name);
        this.step = step;
        setDaemon(true);
    }

    /** Has the thread end after the current step, which is interrupted. */
    public void end() {
        ending = true;
        interrupt();
    }

    @Override
    public void run() {
        int failures = 0;
        boolean goesOn = true;
        while (goesOn && !ending) {
            try {
                goesOn = step.run();
                failures = 0;
            } catch (InterruptedException e) {
                if (!ending) {
                    logFailure(e);
                }
            } catch (Throwable e) {
                failures++;
                logFailure(e);
                if (failures >= MAX_FAILURES || isBrokenJvm(e)) {
                    throw new IllegalStateException(getName() + " cannot go on: " + e, e);
                }
            }
        }
    }

    /** Unlike a lack of heap or stack, which passes. */
    private static boolean isBrokenJvm(Throwable e) {
        return e instanceof VirtualMachineError
                && !(e instanceof OutOfMemoryError)
                && !(e instanceof StackOverflowError);
    }

    private void logFailure(Throwable failure) {
        try {
            log.error("{} failed in one step and goes on", getName(), failure);
        } catch (Throwable e) {
            // There may be no memory left to log with, which is no reason to end.
            failure.addSuppressed(e);
        }
    }
}
