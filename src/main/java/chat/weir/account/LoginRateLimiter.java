package chat.weir.account;

import chat.weir.net.Network;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.worker.KeyedRateLimiter;
import chat.weir.worker.RateLimiter;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often passwords can be tried: strictly for each name from each address, generously for each name from all
 * addresses, so that no password is guessed from many, and for each address, so that no common password is tried on many
 * names. A try is counted before the password is hashed, since tries at the same moment would all get through else, and
 * given back if the password was right.
 *
 * <p>Names that nobody has are counted as well: a limit must not tell who has an account. Of IPv6 a whole /64 counts as
 * one address, since that is what one customer is given.
 *
 * <p>The limit of a name alone is what strangers can use up, so the caller does not count a try for it that comes from
 * where the account has logged in lately, or that is of an admin: strangers must not be able to keep them out. Strangers
 * who share their address can, until they have to wait themselves. Rejected: to count a name strictly wherever a try comes
 * from, since eleven wrong passwords then lock its owner out.
 *
 * <p>Threading: safe.
 */
final class LoginRateLimiter {
    private static final RateLimiter PAIR_LIMIT = new RateLimiter(30_000_000_000L, 10);
    private static final RateLimiter NAME_LIMIT = new RateLimiter(10_000_000_000L, 100);
    private static final RateLimiter ADDRESS_LIMIT = new RateLimiter(6_000_000_000L, 20);
    private static final int MAX_KEPT = 100_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final KeyedRateLimiter pairs;
    private final KeyedRateLimiter names;
    private final KeyedRateLimiter addresses;
    private final LongSupplier nanoTime;

    LoginRateLimiter(LongSupplier nanoTime) {
        this(nanoTime, MAX_KEPT);
    }

    LoginRateLimiter(LongSupplier nanoTime, int maxKept) {
        this.nanoTime = nanoTime;
        this.pairs = new KeyedRateLimiter(PAIR_LIMIT, maxKept);
        this.names = new KeyedRateLimiter(NAME_LIMIT, maxKept);
        this.addresses = new KeyedRateLimiter(ADDRESS_LIMIT, maxKept);
    }

    /** A try that has been counted. */
    final class Attempt {
        private final @Nullable String nameKey;
        private final String network;
        private boolean isOfName;

        private Attempt(@Nullable String nameKey, String network) {
            this.nameKey = nameKey;
            this.network = network;
        }

        /**
         * Counts this try for its name from all addresses too.
         *
         * @throws ChatException 429 if there have been too many, and then it does not count at all
         */
        void countForName() {
            if (nameKey == null) {
                return;
            }
            long wait = names.take(nameKey, nanoTime.getAsLong());
            if (wait > 0) {
                giveBack();
                throw tooMany("with this name", wait);
            }
            isOfName = true;
        }

        /**
         * Runs the work that the attempt is for, and does not count the attempt if the server could not do it. Such an
         * attempt reveals nothing, and clients that retry during an outage must not be locked out after it.
         */
        <T> T unlessUnavailable(Supplier<T> work) {
            try {
                return work.get();
            } catch (ChatException e) {
                if (e.code() == ErrorCode.UNAVAILABLE) {
                    giveBack();
                }
                throw e;
            }
        }

        /** The password was right, or could not be checked; to be called once. */
        void giveBack() {
            if (nameKey != null) {
                pairs.giveBack(pair(nameKey, network));
            }
            if (nameKey != null && isOfName) {
                names.giveBack(nameKey);
            }
            addresses.giveBack(network);
        }
    }

    /**
     * Counts a try of a name from an address, not yet for the name from all addresses: see {@link Attempt#countForName}.
     *
     * @throws ChatException 429 if there have been too many, and then it does not count
     */
    Attempt begin(String nameKey, String address) {
        Attempt counted = begin(address);
        long wait = pairs.take(pair(nameKey, counted.network), nanoTime.getAsLong());
        if (wait > 0) {
            counted.giveBack();
            throw tooMany("with this name from this address", wait);
        }
        return new Attempt(nameKey, counted.network);
    }

    /** No name holds a space. */
    private static String pair(String nameKey, String network) {
        return nameKey + " " + network;
    }

    /**
     * Counts a try from an address only.
     *
     * @throws ChatException 429 if there have been too many, and then it does not count
     */
    Attempt begin(String address) {
        String network = Network.of(address);
        long wait = addresses.take(network, nanoTime.getAsLong());
        if (wait > 0) {
            throw tooMany("from this address", wait);
        }
        return new Attempt(null, network);
    }

    private static ChatException tooMany(String what, long waitNanos) {
        long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return ChatException.tooMany(
                "too many tries " + what + ": try again in " + (millis + 999) / 1_000 + " s", millis);
    }
}
