package chat.weir.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's position in its heartbeat slot, so that it can leave without a search.
 *
 * <p>Threading: guarded by the {@link Slot} that it is in.
 */
final class HeartbeatEntry {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatEntry.class);

    private volatile @Nullable Slot slot;
    private int index;

    /** Leaves its slot, if it has come into one. */
    void leave() {
        Slot current = slot;
        if (current != null) {
            current.remove(this);
        }
    }

    /**
     * The connections whose heartbeats are sent at the same moment.
     *
     * <p>Threading: the list is guarded by this; the ticks are confined to the thread of the heartbeats, which iterates
     * over a copy, since a tick writes to a socket.
     */
    static final class Slot {
        @GuardedBy("this")
        private final List<Connection> connections = new ArrayList<>();

        private @Nullable Connection[] ticking = new Connection[16];

        synchronized void add(Connection connection) {
            connection.heartbeatEntry.index = connections.size();
            connection.heartbeatEntry.slot = this;
            connections.add(connection);
        }

        private synchronized void remove(HeartbeatEntry entry) {
            if (entry.slot != this) {
                return;
            }
            Connection last = connections.remove(connections.size() - 1);
            if (last.heartbeatEntry != entry) {
                connections.set(entry.index, last);
                last.heartbeatEntry.index = entry.index;
            }
            entry.slot = null;
        }

        int count(ConnectionState state) {
            List<Connection> all;
            synchronized (this) {
                all = List.copyOf(connections);
            }
            return (int) all.stream()
                    .filter(connection -> connection.identity().connectionState() == state)
                    .count();
        }

        void tick(HeartbeatTick tick) {
            int count = copy();
            for (int i = 0; i < count; i++) {
                Connection connection = ticking[i];
                ticking[i] = null;
                if (connection != null) {
                    tick(connection, tick);
                }
            }
        }

        private static void tick(Connection connection, HeartbeatTick tick) {
            try {
                connection.tick(tick);
            } catch (Throwable e) {
                // Errors too: what one connection causes must not cost the others of the slot their heartbeat.
                log.error("a heartbeat failed", e);
            }
        }

        /** Into an array that is kept: nothing is allocated once it is large enough. */
        private synchronized int copy() {
            ticking = connections.toArray(ticking);
            return connections.size();
        }
    }
}
