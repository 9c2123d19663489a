package chat.weir.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * One request's time on a thread, in which it is either the client that keeps the thread waiting, by sending or taking
 * slowly, or the server that works. Only a thread that waits for its client may be cut off, by an interrupt, at which
 * the channel that it waits on closes itself; work is never interrupted, since that would break database connections.
 *
 * <p>Threading: safe; made and ended on the thread that it is about.
 */
final class Turn {
    private final Thread thread = Thread.currentThread();
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private boolean isWaiting = true;

    @GuardedBy("this")
    private boolean isCutOff;

    @GuardedBy("this")
    private long waitingSince;

    Turn(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.waitingSince = nanoTime.getAsLong();
    }

    /**
     * The thread no longer waits for the client.
     *
     * @throws IOException if it has been cut off
     */
    synchronized void beginWork() throws IOException {
        if (isCutOff) {
            throw new IOException("the client was too slow");
        }
        isWaiting = false;
    }

    /** The thread may wait for the client from here on. */
    synchronized void beginWaiting() {
        isWaiting = true;
        waitingSince = nanoTime.getAsLong();
    }

    /** The request is over; an interrupt that was meant for it does not hit the next. */
    synchronized void end() {
        isWaiting = false;
        boolean unused = Thread.interrupted();
    }

    /** Cuts the client off if it has kept the thread waiting for so long. */
    synchronized void cutOffAfter(long nanos) {
        if (isWaiting && !isCutOff && nanoTime.getAsLong() - waitingSince >= nanos) {
            isCutOff = true;
            thread.interrupt();
        }
    }
}
