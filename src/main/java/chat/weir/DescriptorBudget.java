package chat.weir;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How the process's file descriptors are shared out: so many for the connections of clients, WebSockets and HTTP alike,
 * and a reserve for what the server itself opens. The share is enforced where connections are accepted, so that clients
 * cannot take what the server needs.
 *
 * <p>Threading: immutable.
 *
 * @param limit the most that the process may have open
 * @param open how many it has open before anybody is let in
 */
record DescriptorBudget(long limit, long open) {
    /** The jar, the selectors, the log, and what the JDK opens for a moment. */
    private static final int OWN = 64;

    /** A connection to SQLite has three files open, one to PostgreSQL a socket; see {@code DataSources}. */
    private static final int DATABASE = 32;

    /** Clients that are being told that the server is full have a connection too. */
    private static final int TO_BE_TOLD = 16;

    private static final int MOST_CONNECTIONS = 1_000_000;

    /** Where the system has no such limit, or does not tell it. */
    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    /** As things are now: to be asked when the database is open, and nobody has been let in. */
    static DescriptorBudget ofProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return new DescriptorBudget(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        }
        return new DescriptorBudget(UNKNOWN, 0);
    }

    /** How many connections clients may have. */
    int connections() {
        return (int) Math.max(1, Math.min(MOST_CONNECTIONS, limit - open - OWN - DATABASE - TO_BE_TOLD));
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
