package chat.weir.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The network that counts as one client wherever clients are limited, banned or recognised by their address: an IPv4
 * address, or an IPv6 /64, since providers assign at least a /64 to each customer (RFC 6177).
 */
public final class Network {
    private static final int NETWORK_BYTES = 8;
    private static final int ADDRESS_BYTES = 16;

    /** Only matching texts are passed to InetAddress, which would resolve anything else as a host name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private Network() {}

    /** Returns the same text for all addresses of a network. A text that is no address is a network of its own. */
    public static String of(String address) {
        int zone = address.indexOf('%');
        String number = zone < 0 ? address : address.substring(0, zone);
        if (!IPV6.matcher(number).matches()) {
            return own(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(number);
            // The JDK parses an IPv4-mapped IPv6 address as IPv4.
            return parsed instanceof Inet6Address ? of(parsed).getHostAddress() + "/64" : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return own(address);
        }
    }

    /** Returns the address itself for IPv4, and the first address of the /64 for IPv6. */
    public static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, ADDRESS_BYTES, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }

    /** Replaces spaces, which separate networks in the database. */
    private static String own(String address) {
        return address.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
