package chat.weir;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The resources that a constructor has opened so far, so that all are closed if it fails halfway.
 *
 * <p>Threading: confined to startup.
 */
final class OpenedResources {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes all, the last one first. Adds failures to {@code reason} as suppressed exceptions. */
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
