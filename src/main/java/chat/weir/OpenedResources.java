package chat.weir;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been opened so far of something with many parts, so that a failure in the middle leaves nothing open.
 *
 * <p>Threading: confined to the start.
 */
final class OpenedResources {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes all, the last first; what cannot be closed is suppressed in {@code reason}. */
    void closeAll(Throwable reason) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }
}
