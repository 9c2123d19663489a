package chat.weir.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address or a network in CIDR notation, such as {@code 10.0.0.0/8}.
 *
 * <p>Threading: immutable.
 */
public record CidrRange(InetAddress network, int prefixBits) {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
    /** Excludes texts that the JDK would look up as a host name, for example ones that begin with a dot. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** Parses {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code ::1} or {@code 2001:db8::/32}. */
    public static Optional<CidrRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * 8;
        if (slash < 0) {
            return Optional.of(new CidrRange(address.get(), bits));
        }
        String prefix = text.substring(slash + 1);
        return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= bits
                ? Optional.of(new CidrRange(address.get(), Integer.parseInt(prefix)))
                : Optional.empty();
    }

    /** Parses a numeric address; empty for a host name. */
    public static Optional<InetAddress> parseAddress(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in this network. */
    public boolean contains(InetAddress address) {
        byte[] networkBytes = network.getAddress();
        byte[] bytes = address.getAddress();
        if (networkBytes.length != bytes.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >>> (bit & 7);
            if (((networkBytes[bit >> 3] ^ bytes[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
