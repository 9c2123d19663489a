package chat.weir;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Divides the process's file descriptors between client connections, both WebSocket and HTTP, and a reserve for the
 * server itself. The limit for clients is enforced when connections are accepted, so that clients cannot use up the
 * reserve.
 *
 * <p>Threading: immutable.
 *
 * @param limit the process's limit of open files
 * @param open the number of open files before clients are accepted
 */
record DescriptorBudget(long limit, long open) {
    /** The jar, selectors and log, and short-lived files of the JDK. */
    private static final int OWN = 64;

    /** A SQLite connection has three open files, a PostgreSQL connection one socket; see {@code DataSources}. */
    private static final int DATABASE = 32;

    /** Connections that get a rejection because the server is full. */
    private static final int REJECTED = 16;

    private static final int MAX_CONNECTIONS = 1_000_000;

    /** Used if there is no limit, or it is unknown. */
    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    /** The current values. Call this after the database is open, and before clients are accepted. */
    static DescriptorBudget ofProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return new DescriptorBudget(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        }
        return new DescriptorBudget(UNKNOWN, 0);
    }

    /** The maximum number of client connections. */
    int connections() {
        return (int) Math.max(1, Math.min(MAX_CONNECTIONS, limit - open - OWN - DATABASE - REJECTED));
    }

    /** How many more the process may open. */
    long free() {
        return limit - open;
    }

    @Override
    public String toString() {
        return "the limit of " + limit + " open files";
    }
}
