package chat.weir.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word on a client's address is believed. A proxy appends the address that it was spoken to from to
 * {@code X-Forwarded-For}; so the list is read from its end, past all trusted proxies, to the first address that is
 * none: what stands before that anybody can have written.
 *
 * <p>Threading: immutable.
 */
public record TrustedProxies(List<CidrRange> ranges) {

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /** The address of the client behind a socket from {@code peer}. */
    public InetAddress client(InetAddress peer, String forwardedFor) {
        InetAddress client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> hop = CidrRange.parseAddress(withoutPort(hops[i].strip()));
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return client;
    }

    /** Whether what this peer says of others is believed. */
    public boolean isTrusted(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Some proxies write {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
