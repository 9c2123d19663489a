package chat.weir.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.weir.database.Database;
import chat.weir.net.Network;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The addresses from which accounts logged in during the last 30 days. They are kept in the database, since otherwise a
 * restart would let strangers keep an account's owner out. Of each account the {@value #MAX_PER_ACCOUNT} used last are
 * kept, as hashes; what is older than 30 days is removed by the next login from a new address.
 *
 * <p>All methods wait for the database, and throw an {@link chat.weir.protocol.ChatException} 503 if it does not
 * answer.
 *
 * <p>Threading: safe.
 */
final class LoginAddresses {
    static final int MAX_PER_ACCOUNT = 16;
    private static final Duration KEPT = Duration.ofDays(30);

    /** A login writes at most once a day for each address. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    LoginAddresses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether an account logged in from an address during the last 30 days. */
    boolean contains(Account account, String address) {
        return isUsedSince(account, hash(account, address), KEPT);
    }

    private boolean isUsedSince(Account account, String hash, Duration ago) {
        long since = clock.instant().minus(ago).getEpochSecond();
        return database.call(handle -> handle.createQuery("SELECT 1 FROM login_address"
                                + " WHERE account = :account AND address_hash = :hash AND used_at > :since")
                        .bind("account", account.id())
                        .bind("hash", hash)
                        .bind("since", since)
                        .mapTo(Integer.class)
                        .findOne())
                .isPresent();
    }

    /** An account has logged in. Nothing happens if it has been deleted since. */
    void add(Account account, String address) {
        String hash = hash(account, address);
        if (isUsedSince(account, hash, FRESH)) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        database.transaction(handle -> {
            handle.execute(
                    "INSERT INTO login_address (account, address_hash, used_at) SELECT id, ?, ? FROM account WHERE id = ?"
                            + " ON CONFLICT (account, address_hash) DO UPDATE SET used_at = excluded.used_at",
                    hash,
                    now,
                    account.id());
            handle.execute(
                    "DELETE FROM login_address WHERE account = ? AND address_hash NOT IN (SELECT address_hash"
                            + " FROM login_address WHERE account = ? ORDER BY used_at DESC, address_hash LIMIT ?)",
                    account.id(),
                    account.id(),
                    MAX_PER_ACCOUNT);
            return handle.execute("DELETE FROM login_address WHERE used_at <= ?", now - KEPT.toSeconds());
        });
    }

    private static String hash(Account account, String address) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            String text = account.id() + " " + Network.of(address);
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
