package chat.weir.http;

import chat.weir.net.Network;
import chat.weir.protocol.ChatException;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of one address are under way: at most a quarter of the threads, so that nobody alone keeps all of
 * them busy with work.
 *
 * <p>Threading: safe.
 */
final class AddressShares {
    static final int SHARE = HttpConfig.THREADS / 4;
    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final ConcurrentHashMap<InetAddress, Integer> underWay = new ConcurrentHashMap<>();

    /** @throws ChatException 429 if the address has its share; then {@link #leave} must not be called */
    void enter(InetAddress client) {
        InetAddress network = Network.of(client);
        int count = underWay.merge(network, 1, Integer::sum);
        if (count > SHARE) {
            leave(client);
            throw ChatException.tooMany(
                    "more than " + SHARE + " requests from your address at once", RETRY_AFTER_MILLIS);
        }
    }

    void leave(InetAddress client) {
        underWay.computeIfPresent(Network.of(client), (a, count) -> count > 1 ? count - 1 : null);
    }
}
