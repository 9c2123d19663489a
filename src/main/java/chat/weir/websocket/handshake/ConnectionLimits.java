package chat.weir.websocket.handshake;

import chat.weir.net.Network;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are and may be, in all and from one address.
 *
 * <p>A few more sockets than the limit are accepted, so that those who come to a full server can be told so; the rest
 * is cut off at once. What counts as one address is {@link Network#of(java.net.InetAddress)}.
 *
 * <p>Threading: safe.
 */
public final class ConnectionLimits {
    /** How many sockets beyond the limit may be told that the server is full. */
    static final int TO_BE_TOLD = 16;

    private final int maxConnections;
    private final int maxPerAddress;
    private final AtomicInteger sockets = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    /** Limits for all, and for each address; 0: no limit for an address. */
    public ConnectionLimits(int maxConnections, int maxPerAddress) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress;
    }

    /** A socket has been accepted; false if there is no place for it even to be told that. */
    public boolean enter() {
        if (sockets.incrementAndGet() <= maxConnections + TO_BE_TOLD) {
            return true;
        }
        sockets.decrementAndGet();
        return false;
    }

    void leave() {
        sockets.decrementAndGet();
    }

    /** More sockets are open than connections are allowed. */
    public boolean isFull() {
        return sockets.get() > maxConnections;
    }

    public int sockets() {
        return sockets.get();
    }

    /** Counts one for the client's address, or returns false if it has its share and so many more as may be told. */
    public boolean enter(InetAddress client) {
        if (maxPerAddress == 0) {
            return true;
        }
        int count = byAddress.merge(Network.of(client), 1, Integer::sum);
        if (count <= maxPerAddress + TO_BE_TOLD) {
            return true;
        }
        leave(client);
        return false;
    }

    /** More are counted for the client's address than it may have connections. */
    boolean hasMoreThanItsShare(InetAddress client) {
        return maxPerAddress > 0 && byAddress.getOrDefault(Network.of(client), 0) > maxPerAddress;
    }

    void leave(InetAddress client) {
        if (maxPerAddress > 0) {
            byAddress.computeIfPresent(Network.of(client), (a, n) -> n > 1 ? n - 1 : null);
        }
    }
}
