package chat.weir.history.sql;

import chat.weir.history.HeapEstimate;
import chat.weir.history.MessageDraft;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Drafts that wait to be stored.
 *
 * <p>Threading: guarded by this.
 */
final class DraftQueue {
    private static final long GATHERING_NANOS = 100_000;
    private static final long LONGEST_GATHERING_NANOS = 1_000_000;

    private final LogLimits limits;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Queue<WaitingDraft> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean closed;

    /** A draft, and since when it waits. */
    record WaitingDraft(MessageDraft draft, long bytes, long sinceNanos) {}

    DraftQueue(LogLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** @throws ChatException 503 if too much waits, or nothing is taken any more */
    void add(MessageDraft draft) {
        long weight = HeapEstimate.bytes(draft.author(), draft.text());
        long now = nanoTime.getAsLong();
        synchronized (this) {
            if (closed) {
                throw new ChatException(
                        ErrorReason.UNAVAILABLE, "the server is going away: nobody saw this, try again");
            }
            if (waiting.size() >= limits.messages() || bytes + weight > limits.bytes()) {
                throw new ChatException(
                        ErrorReason.UNAVAILABLE, "too much waits to be stored: nobody saw this, try again");
            }
            bytes += weight;
            waiting.add(new WaitingDraft(draft, weight, now));
            if (waiting.size() == 1) {
                notifyAll();
            }
        }
    }

    /**
     * Takes those that wait, or the first that comes within that time and those that come right behind it: as long as
     * they keep coming, up to a millisecond. A commit costs as much processor time as fifty messages and takes the disk
     * longer than all that come meanwhile; and where there is one core, the thread that reads messages gets no further
     * once this one has something to do.
     */
    List<WaitingDraft> take(int max, Duration patience) throws InterruptedException {
        int before = awaitFirst(patience);
        long end = System.nanoTime() + LONGEST_GATHERING_NANOS;
        int now = before;
        while (now > 0 && now < max) {
            LockSupport.parkNanos(GATHERING_NANOS);
            before = now;
            now = size();
            if (now == before || System.nanoTime() - end > 0) {
                break;
            }
        }
        return takeNow(max);
    }

    synchronized boolean isWaiting() {
        return !waiting.isEmpty();
    }

    private synchronized int size() {
        return waiting.size();
    }

    private synchronized int awaitFirst(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (waiting.isEmpty() && !closed) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        return waiting.size();
    }

    List<WaitingDraft> takeAll() {
        return takeNow(Integer.MAX_VALUE);
    }

    private synchronized List<WaitingDraft> takeNow(int max) {
        List<WaitingDraft> taken = new ArrayList<>(Math.min(max, waiting.size()));
        while (taken.size() < max && !waiting.isEmpty()) {
            WaitingDraft first = waiting.remove();
            bytes -= first.bytes();
            taken.add(first);
        }
        return taken;
    }

    /** Nothing is taken any more; what waits still waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isFinished() {
        return closed && waiting.isEmpty();
    }
}
