package chat.weir.worker;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import java.util.ArrayList;
import java.util.List;

/**
 * Thread pools for blocking work, so that no network thread blocks: in one lane what waits for the database, in another
 * what waits for the hashing of a password, which takes a hundred times longer. In each, every address has its turn.
 *
 * <p>Threading: safe.
 */
public final class WorkerPools implements AutoCloseable {
    private static final int QUERY_THREADS = 8;
    private static final int MAX_QUERIES = 10_000;
    private static final int LOGIN_THREADS = 2;
    private static final int MAX_LOGINS = 200;

    private final FairTaskQueue queries = new FairTaskQueue("queries", QUERY_THREADS, MAX_QUERIES);
    private final FairTaskQueue logins = new FairTaskQueue("logins", LOGIN_THREADS, MAX_LOGINS);
    private final List<ServiceThread> threads = new ArrayList<>();

    public WorkerPools() {
        start("weir-query-", QUERY_THREADS, queries);
        start("weir-login-", LOGIN_THREADS, logins);
    }

    private void start(String name, int count, FairTaskQueue queue) {
        for (int i = 0; i < count; i++) {
            ServiceThread thread = new ServiceThread(name + i, () -> {
                queue.serve();
                return true;
            });
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * Does something that waits for the database.
     *
     * @param asker the address of who asks
     * @throws ChatException 503 if too much waits already
     */
    public void submitQuery(String asker, Runnable task) {
        offer(queries, asker, task);
    }

    /** As {@link #submitQuery}, for what hashes a password. */
    public void submitLogin(String asker, Runnable task) {
        offer(logins, asker, task);
    }

    private static void offer(FairTaskQueue queue, String asker, Runnable task) {
        if (!queue.offer(asker, task)) {
            throw new ChatException(ErrorReason.UNAVAILABLE, "the server is busy: try again");
        }
    }

    /** The two lanes, for the watchdog. */
    public List<Progress> progress() {
        return List.of(queries, logins);
    }

    /** Does nothing more. */
    @Override
    public void close() {
        threads.forEach(ServiceThread::end);
    }
}
