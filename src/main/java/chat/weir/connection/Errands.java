package chat.weir.connection;

import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that do what has to wait, so that no network thread does: in one lane what waits for the database, in
 * another what waits for the hashing of a password, which takes a hundred times longer. In each, every address has its
 * turn.
 *
 * <p>Threading: safe.
 */
public final class Errands implements AutoCloseable {
    private static final int QUERY_THREADS = 8;
    private static final int MAX_QUERIES = 10_000;
    private static final int LOGIN_THREADS = 2;
    private static final int MAX_LOGINS = 200;

    private final FairQueue queries = new FairQueue("queries", QUERY_THREADS, MAX_QUERIES);
    private final FairQueue logins = new FairQueue("logins", LOGIN_THREADS, MAX_LOGINS);
    private final List<ServiceThread> threads = new ArrayList<>();

    public Errands() {
        start("weir-query-", QUERY_THREADS, queries);
        start("weir-login-", LOGIN_THREADS, logins);
    }

    private void start(String name, int count, FairQueue queue) {
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
     * @throws ErrorReply 503 if too much waits already
     */
    public void query(String asker, Runnable errand) {
        offer(queries, asker, errand);
    }

    /** As {@link #query}, for what hashes a password. */
    void login(String asker, Runnable errand) {
        offer(logins, asker, errand);
    }

    private static void offer(FairQueue queue, String asker, Runnable errand) {
        if (!queue.offer(asker, errand)) {
            throw new ErrorReply(ErrorReason.UNAVAILABLE, "the server is busy: try again");
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
