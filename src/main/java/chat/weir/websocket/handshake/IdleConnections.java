package chat.weir.websocket.handshake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections for which nothing is being done: they have not finished their first request, or they are kept alive by
 * HTTP after one. In the order in which they became so. When the server is full, the one that has been idle longest makes
 * room for a new one: so any number of connections that send nothing cannot keep others out.
 *
 * <p>Threading: safe; guarded by this.
 */
public final class IdleConnections {
    @GuardedBy("this")
    private final Set<Idle> connections = new LinkedHashSet<>();

    /** One of them. */
    public interface Idle {
        /** Closes it; called once it has been removed, on the selector's thread. */
        void makeRoom();
    }

    public synchronized void add(Idle connection) {
        connections.add(connection);
    }

    /** False if it was not there, or has been removed to make room. */
    public synchronized boolean remove(Idle connection) {
        return connections.remove(connection);
    }

    /** Removes and returns the one that has been idle longest; null if there is none. */
    public synchronized @Nullable Idle removeOldest() {
        Iterator<Idle> oldestFirst = connections.iterator();
        if (!oldestFirst.hasNext()) {
            return null;
        }
        Idle oldest = oldestFirst.next();
        oldestFirst.remove();
        return oldest;
    }
}
