package chat.weir.account;

import chat.weir.protocol.ErrorReply;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often passwords can be tried: for each name, so that no password is guessed from many addresses, and for
 * each address, so that no common password is tried on many names. A try is counted before the password is hashed,
 * since tries at the same moment would all get through else, and given back if the password was right.
 *
 * <p>Names that nobody has are counted as well: a limit must not tell who has an account. Of IPv6 a whole /64 counts as
 * one address, since that is what one customer is given.
 *
 * <p>Who tries wrong passwords on somebody's name all day keeps him from logging in meanwhile, though not from using a
 * login that he has. The alternative, to count a name for each address apart, gives an attacker with a thousand
 * addresses a thousand times as many guesses.
 *
 * <p>Threading: safe.
 */
final class Tries {
    private static final int NAME_BURST = 10;
    private static final long NANOS_PER_NAME = 30_000_000_000L;
    private static final int ADDRESS_BURST = 20;
    private static final long NANOS_PER_ADDRESS = 6_000_000_000L;
    private static final int MAX_KEPT = 100_000;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int NETWORK_BYTES = 8;
    /** Nothing else is given to InetAddress, which would ask the network for what it takes for a host's name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private final TryLimit names;
    private final TryLimit addresses;
    private final LongSupplier nanoTime;

    Tries(LongSupplier nanoTime) {
        this(nanoTime, MAX_KEPT);
    }

    Tries(LongSupplier nanoTime, int maxKept) {
        this.nanoTime = nanoTime;
        this.names = new TryLimit(NAME_BURST, NANOS_PER_NAME, maxKept);
        this.addresses = new TryLimit(ADDRESS_BURST, NANOS_PER_ADDRESS, maxKept);
    }

    /** A try that has been counted. */
    final class Try {
        private final @Nullable String nameKey;
        private final String network;

        private Try(@Nullable String nameKey, String network) {
            this.nameKey = nameKey;
            this.network = network;
        }

        /** The password was right; to be called once. */
        void giveBack() {
            if (nameKey != null) {
                names.giveBack(nameKey);
            }
            addresses.giveBack(network);
        }
    }

    /**
     * Counts a try of a name from an address.
     *
     * @throws ErrorReply 429 if there have been too many, and then it does not count
     */
    Try begin(String nameKey, String address) {
        Try counted = begin(address);
        long wait = names.take(nameKey, nanoTime.getAsLong());
        if (wait > 0) {
            counted.giveBack();
            throw tooMany("with this name", wait);
        }
        return new Try(nameKey, counted.network);
    }

    /**
     * Counts a try from an address only.
     *
     * @throws ErrorReply 429 if there have been too many, and then it does not count
     */
    Try begin(String address) {
        String network = network(address);
        long wait = addresses.take(network, nanoTime.getAsLong());
        if (wait > 0) {
            throw tooMany("from this address", wait);
        }
        return new Try(null, network);
    }

    private static ErrorReply tooMany(String what, long waitNanos) {
        long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return ErrorReply.tooMany("too many tries " + what + ": try again in " + (millis + 999) / 1_000 + " s", millis);
    }

    private static String network(String address) {
        int zone = address.indexOf('%');
        String number = zone < 0 ? address : address.substring(0, zone);
        if (!IPV6.matcher(number).matches()) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(number);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
