package chat.weir.worker;

import chat.weir.supervision.Progress;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A task queue that serves its submitters round-robin: a client that submits a thousand tasks delays only itself. Counts
 * the threads at work: when all of them are, no task can begin before another ends.
 *
 * <p>Threading: guarded by this.
 */
final class FairTaskQueue implements Progress {
    private final String name;
    private final int threads;
    private final int maxWaiting;

    /** By submitter, the next one first; none of the queues is empty. */
    @GuardedBy("this")
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private long taken;

    @GuardedBy("this")
    private long done;

    /** A queue that so many threads serve. */
    FairTaskQueue(String name, int threads, int maxWaiting) {
        this.name = name;
        this.threads = threads;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public String part() {
        return name;
    }

    @Override
    public synchronized boolean hasWork() {
        return size > 0 || taken - done >= threads;
    }

    @Override
    public synchronized long steps() {
        return taken + done;
    }

    /** Takes the next task, which it waits for, and does it. */
    void serve() throws InterruptedException {
        Runnable task = take();
        try {
            task.run();
        } finally {
            finished();
        }
    }

    private synchronized void finished() {
        done++;
    }

    /** Takes a task; false if too much waits already, of this asker or of all. */
    synchronized boolean offer(String asker, Runnable task) {
        Queue<Runnable> own = waiting.get(asker);
        // A submitter may fill half of what is free, so that there is always room for another.
        boolean isGreedy = own != null && own.size() > maxWaiting - size;
        if (isGreedy || size >= maxWaiting) {
            return false;
        }
        waiting.computeIfAbsent(asker, a -> new ArrayDeque<>(2)).add(task);
        size++;
        notifyAll();
        return true;
    }

    /** The next task; waits for one. */
    private synchronized Runnable take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Map.Entry<String, Queue<Runnable>> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        Runnable task = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        size--;
        taken++;
        return task;
    }
}
