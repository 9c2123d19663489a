package chat.weir.connection;

import chat.weir.supervision.Progress;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Tasks of many askers, of whom each is served in turn: one who asks a thousand times waits a thousand turns, and nobody
 * else does.
 *
 * <p>Threading: guarded by this.
 */
final class FairQueue implements Progress {
    private final String name;
    private final int maxWaiting;

    /** Who is next comes first; nobody here has nothing to be done. */
    @GuardedBy("this")
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private long taken;

    FairQueue(String name, int maxWaiting) {
        this.name = name;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public String part() {
        return name;
    }

    @Override
    public synchronized boolean hasWork() {
        return size > 0;
    }

    @Override
    public synchronized long steps() {
        return taken;
    }

    /** Takes a task; false if too much waits already, of this asker or of all. */
    synchronized boolean offer(String asker, Runnable task) {
        Queue<Runnable> own = waiting.get(asker);
        // An asker may fill half of what is free, so that there is always room for another.
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
    synchronized Runnable take() throws InterruptedException {
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
