package chat.weir.websocket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have not finished their first request, in the order in which they came. When the server is full, the
 * oldest of them makes room for a newcomer: so connections that send nothing, however many, keep nobody out.
 *
 * <p>Threading: safe; guarded by this.
 */
final class PendingOpenings {
    @GuardedBy("this")
    private final Set<ClientSocket> sockets = new LinkedHashSet<>();

    synchronized void add(ClientSocket socket) {
        sockets.add(socket);
    }

    synchronized void remove(ClientSocket socket) {
        sockets.remove(socket);
    }

    /** Removes and returns the one that has waited longest; null if there is none. */
    synchronized @Nullable ClientSocket removeOldest() {
        Iterator<ClientSocket> oldestFirst = sockets.iterator();
        if (!oldestFirst.hasNext()) {
            return null;
        }
        ClientSocket oldest = oldestFirst.next();
        oldestFirst.remove();
        return oldest;
    }
}
