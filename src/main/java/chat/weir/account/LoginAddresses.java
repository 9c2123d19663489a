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
 * The addresses from which accounts logged in during the last 30 days. They are stored in the database: if a restart
 * cleared them, strangers could lock out the owner of an account again. Stores hashes of the {@value #MAX_PER_ACCOUNT}
 * most recent addresses per account. Older ones than 30 days are removed by the next login from a new address.
 *
 * <p>All methods block on the database, and throw a {@link chat.weir.protocol.ChatException} 503 if it does not
 * answer.
 *
 * <p>Threading: safe.
 */
final class LoginAddresses {
    static final int MAX_PER_ACCOUNT = 16;
    private static final Duration RETENTION = Duration.ofDays(30);

    /** Each address is written at most once in this time. */
    private static final Duration UPDATE_INTERVAL = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    LoginAddresses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether the account logged in from this address during the last 30 days. */
    boolean contains(Account account, String address) {
        return isUsedSince(account, hash(account, address), RETENTION);
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

    /** Records a login. Has no effect if the account was deleted meanwhile. */
    void add(Account account, String address) {
        String hash = hash(account, address);
        if (isUsedSince(account, hash, UPDATE_INTERVAL)) {
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
            return handle.execute("DELETE FROM login_address WHERE used_at <= ?", now - RETENTION.toSeconds());
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
