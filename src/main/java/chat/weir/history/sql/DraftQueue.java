package chat.weir.history.sql;

import chat.weir.history.EventDraft;
import chat.weir.history.HeapEstimate;
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
 * Drafts that are waiting to be stored.
 *
 * <p>Threading: guarded by this.
 */
final class DraftQueue {
    private static final long GATHERING_NANOS = 100_000;
    private static final long MAX_GATHERING_NANOS = 1_000_000;

    private final LogLimits limits;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Queue<WaitingDraft> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean closed;

    /** A draft with the time at which it was queued. */
    record WaitingDraft(EventDraft draft, long bytes, long sinceNanos) {}

    DraftQueue(LogLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** @throws ChatException 503 if the queue is full or closed */
    void add(EventDraft draft) {
        long weight = HeapEstimate.bytes(draft.author(), draft.text());
        long now = nanoTime.getAsLong();
        synchronized (this) {
            if (closed) {
                throw new ChatException(
                        ErrorReason.UNAVAILABLE,
                        "the server is shutting down and did not deliver the " + draft.noun() + ": try again");
            }
            if (waiting.size() >= limits.messages() || bytes + weight > limits.bytes()) {
                throw new ChatException(
                        ErrorReason.UNAVAILABLE,
                        "too many messages and changes are waiting to be stored; the " + draft.noun()
                                + " was not delivered: try again");
            }
            bytes += weight;
            waiting.add(new WaitingDraft(draft, weight, now));
            if (waiting.size() == 1) {
                notifyAll();
            }
        }
    }

    /**
     * Waits for the first draft, then gathers more for up to a millisecond, as long as they keep coming. A commit
     * costs as much CPU time as fifty messages, and its disk sync takes longer than the gathering. On a single core,
     * the thread that reads messages cannot proceed while this one is busy.
     */
    List<WaitingDraft> take(int max, Duration timeout) throws InterruptedException {
        int previous = awaitFirst(timeout);
        long end = System.nanoTime() + MAX_GATHERING_NANOS;
        int now = previous;
        while (now > 0 && now < max) {
            LockSupport.parkNanos(GATHERING_NANOS);
            previous = now;
            now = size();
            if (now == previous || System.nanoTime() - end > 0) {
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

    private synchronized int awaitFirst(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
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

    /** Rejects new drafts. Queued ones stay. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isFinished() {
        return closed && waiting.isEmpty();
    }
}
