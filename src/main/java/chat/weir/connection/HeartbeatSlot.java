package chat.weir.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients whose heartbeats are sent at the same moment.
 *
 * <p>Threading: the list is guarded by this; the ticks are confined to the thread of the heartbeats, which iterates over
 * a copy, since a tick writes to a socket.
 */
final class HeartbeatSlot {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatSlot.class);

    @GuardedBy("this")
    private final List<Client> clients = new ArrayList<>();

    private @Nullable Client[] ticking = new Client[16];

    /** A connection, as the heartbeats know it. */
    interface Client {
        void tick(HeartbeatTick tick);

        Entry heartbeatEntry();

        ConnectionState state();
    }

    /**
     * A client's position in its slot, so that it can leave without a search.
     *
     * <p>Threading: guarded by the slot that it is in.
     */
    static final class Entry {
        private volatile @Nullable HeartbeatSlot slot;
        private int index;

        /** Leaves its slot, if it is in one. */
        void leave() {
            HeartbeatSlot current = slot;
            if (current != null) {
                current.remove(this);
            }
        }
    }

    synchronized void add(Client client) {
        Entry entry = client.heartbeatEntry();
        entry.index = clients.size();
        entry.slot = this;
        clients.add(client);
    }

    private synchronized void remove(Entry entry) {
        if (entry.slot != this) {
            return;
        }
        Client last = clients.remove(clients.size() - 1);
        if (last.heartbeatEntry() != entry) {
            clients.set(entry.index, last);
            last.heartbeatEntry().index = entry.index;
        }
        entry.slot = null;
    }

    int count(ConnectionState state) {
        List<Client> all;
        synchronized (this) {
            all = List.copyOf(clients);
        }
        return (int) all.stream().filter(client -> client.state() == state).count();
    }

    void tick(HeartbeatTick tick) {
        int count = copy();
        for (int i = 0; i < count; i++) {
            Client client = ticking[i];
            ticking[i] = null;
            if (client != null) {
                tick(client, tick);
            }
        }
    }

    private static void tick(Client client, HeartbeatTick tick) {
        try {
            client.tick(tick);
        } catch (Throwable e) {
            // Errors too: a fault of one connection must not cost the others of the slot their heartbeat.
            log.error("a heartbeat failed", e);
        }
    }

    /** Copies into an array that is kept: nothing is allocated once it is large enough. */
    private synchronized int copy() {
        ticking = clients.toArray(ticking);
        return clients.size();
    }
}
