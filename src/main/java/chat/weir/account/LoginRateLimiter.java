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
 * Limits the rate of password attempts: strictly per name and address; generously per name, against guessing one
 * password from many addresses; and per address, against trying a common password with many names. An attempt is
 * counted before the password is hashed, because concurrent attempts could all pass otherwise, and is given back if the
 * password was right.
 *
 * <p>Names without an account are counted too, because a limit must not reveal which accounts exist. A whole IPv6 /64
 * counts as one address, because that is what a customer usually gets.
 *
 * <p>Strangers can exhaust the limit per name. Therefore the caller does not count attempts for the name if the
 * account logged in from the same address recently, or belongs to an admin: strangers must not be able to lock these
 * out, unless they share the user's address. Rejected: a strict limit per name from all addresses, because then eleven
 * wrong passwords lock out the owner.
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

    /** A counted attempt. */
    final class Attempt {
        private final @Nullable String nameKey;
        private final String network;
        private boolean isOfName;

        private Attempt(@Nullable String nameKey, String network) {
            this.nameKey = nameKey;
            this.network = network;
        }

        /**
         * Also counts this attempt for its name from all addresses.
         *
         * @throws ChatException 429 after too many attempts; this one is not counted then
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
         * Runs the work of the attempt, and gives the attempt back if the server is unavailable. Such an attempt
         * reveals nothing, and clients that retry during an outage must not be locked out after it.
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

        /** Call this once, if the password was right or could not be checked. */
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
     * Counts an attempt with a name from an address, but not for the name from all addresses: see {@link
     * Attempt#countForName}.
     *
     * @throws ChatException 429 after too many attempts; this one is not counted then
     */
    Attempt begin(String nameKey, String address) {
        Attempt attempt = begin(address);
        long wait = pairs.take(pair(nameKey, attempt.network), nanoTime.getAsLong());
        if (wait > 0) {
            attempt.giveBack();
            throw tooMany("with this name from this address", wait);
        }
        return new Attempt(nameKey, attempt.network);
    }

    /** A name cannot contain a space. */
    private static String pair(String nameKey, String network) {
        return nameKey + " " + network;
    }

    /**
     * Counts an attempt from an address.
     *
     * @throws ChatException 429 after too many attempts; this one is not counted then
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
                "too many attempts " + what + ": try again in " + (millis + 999) / 1_000 + " s", millis);
    }
}
