package chat.weir.account;

import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that accounts have blocked, both of accounts and of guests.
 *
 * <p>All methods block on the database, and throw a {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class BlockTable {
    /** The maximum number of blocked names per account or guest. */
    public static final int MAX = 500;

    private final Database database;

    public BlockTable(Database database) {
        this.database = database;
    }

    /** The names that an account has blocked, in normalised form. */
    public Set<String> of(long account) {
        return database.call(
                handle -> new HashSet<>(handle.createQuery("SELECT name_key FROM block WHERE account = :account")
                        .bind("account", account)
                        .mapTo(String.class)
                        .list()));
    }

    /**
     * The names that an account has blocked, in the order of their normal forms. The name of an account is as it was
     * registered, any other in its normal form.
     */
    public List<String> names(long account) {
        return database.call(handle -> handle.createQuery("""
                        SELECT COALESCE(account.name, block.name_key)
                        FROM block LEFT JOIN account ON account.name_key = block.name_key
                        WHERE block.account = :account ORDER BY block.name_key""")
                .bind("account", account)
                .mapTo(String.class)
                .list());
    }

    /**
     * Blocks a name for an account. Has no effect if it is already blocked.
     *
     * @throws ChatException also 429 if the account has already blocked {@value #MAX} names
     */
    public void add(long account, UserName name) {
        database.transaction(handle -> {
            long others = handle.createQuery("SELECT count(*) FROM block WHERE account = :account AND name_key <> :key")
                    .bind("account", account)
                    .bind("key", name.key())
                    .mapTo(Long.class)
                    .one();
            checkCount(others);
            return handle.execute(
                    "INSERT INTO block (account, name_key) VALUES (?, ?) ON CONFLICT DO NOTHING", account, name.key());
        });
    }

    /** Unblocks a name for an account. @return whether it was blocked */
    public boolean remove(long account, UserName name) {
        return database.call(handle ->
                handle.execute("DELETE FROM block WHERE account = ? AND name_key = ?", account, name.key()) > 0);
    }

    /** Checks that one more may be blocked. @throws ChatException 429 if not */
    public static void checkCount(long blocked) {
        if (blocked >= MAX) {
            throw new ChatException(
                    ErrorReason.TOO_MANY_BLOCKS, "you can block at most " + MAX + " users: unblock one first");
        }
    }
}
