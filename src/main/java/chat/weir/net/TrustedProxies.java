package chat.weir.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies that are trusted to report the client's address. A proxy appends its peer's address to {@code
 * X-Forwarded-For}. Therefore the list is read from its end, past all trusted proxies, to the first other address.
 * Everything before that may be forged.
 *
 * <p>Threading: immutable.
 */
public record TrustedProxies(List<CidrRange> ranges) {

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /** The client's address for a connection from {@code peer}. */
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

    /** Whether the address is one of a trusted proxy. */
    public boolean isTrusted(InetAddress address) {
        for (CidrRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Removes the port: some proxies write {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
