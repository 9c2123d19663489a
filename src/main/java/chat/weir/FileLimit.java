package chat.weir;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many connections the process's limit of open files leaves room for. The limit must never be reached: when
 * {@code accept()} fails for want of a descriptor, Java-WebSocket closes the listening socket, and for good.
 */
final class FileLimit {
    /** For the jar, the selector, the log, and what a library opens for a moment. */
    private static final long RESERVE = 64;

    private static final int MOST = 1_000_000;

    private FileLimit() {}

    static int connections() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - RESERVE;
            return (int) Math.max(1, Math.min(MOST, free));
        }
        return MOST;
    }
}
