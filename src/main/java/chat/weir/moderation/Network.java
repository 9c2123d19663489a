package chat.weir.moderation;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The network that stands for a guest's address: of IPv6 the /64, since that is what one customer is given. */
final class Network {
    private static final int NETWORK_BYTES = 8;
    private static final int ADDRESS_BYTES = 16;

    /** Nothing else is given to InetAddress, which would ask the network for what it takes for a host's name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private Network() {}

    /** The same text for all addresses of a network; an IPv4 address, and what is no address, is its own. */
    static String of(String address) {
        int zone = address.indexOf('%');
        String number = zone < 0 ? address : address.substring(0, zone);
        if (!IPV6.matcher(number).matches()) {
            return own(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(number);
            // IPv4 written as IPv6 is IPv4 to the JDK, and so it is here.
            return parsed instanceof Inet6Address ? network(parsed.getAddress()) : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return own(address);
        }
    }

    private static String network(byte[] address) throws UnknownHostException {
        Arrays.fill(address, NETWORK_BYTES, ADDRESS_BYTES, (byte) 0);
        return InetAddress.getByAddress(address).getHostAddress() + "/64";
    }

    /** Without spaces, which part networks in the database. */
    private static String own(String address) {
        return address.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
