package chat.weir.http;

import chat.weir.net.Network;
import chat.weir.protocol.ChatException;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the concurrent requests per address to a quarter of the threads, so that one client cannot occupy all of
 * them.
 *
 * <p>Threading: safe.
 */
final class AddressShares {
    static final int SHARE = HttpConfig.THREADS / 4;
    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final ConcurrentHashMap<InetAddress, Integer> running = new ConcurrentHashMap<>();

    /** @throws ChatException 429 if the limit is reached; do not call {@link #leave} then */
    void enter(InetAddress client) {
        InetAddress network = Network.of(client);
        int count = running.merge(network, 1, Integer::sum);
        if (count > SHARE) {
            leave(client);
            throw ChatException.tooMany(
                    "more than " + SHARE + " concurrent requests from your address", RETRY_AFTER_MILLIS);
        }
    }

    void leave(InetAddress client) {
        running.computeIfPresent(Network.of(client), (a, count) -> count > 1 ? count - 1 : null);
    }
}
