package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.HashSet;
import java.util.Set;

/**
 * The names that accounts have blocked, of accounts and guests alike.
 *
 * <p>All methods wait for the database, and throw an {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class BlockTable {
    /** The most that one account, or one guest, may block. */
    public static final int MAX = 500;

    private final Database database;

    public BlockTable(Database database) {
        this.database = database;
    }

    /** The names, in their normal forms, that an account has blocked. */
    public Set<String> of(long account) {
        return database.call(
                handle -> new HashSet<>(handle.createQuery("SELECT name_key FROM block WHERE account = :account")
                        .bind("account", account)
                        .mapTo(String.class)
                        .list()));
    }

    /**
     * An account wants to hear nothing from a name; nothing happens if it does not already.
     *
     * @throws ChatException also 429 if it has blocked {@value #MAX} names
     */
    public void add(long account, UserName name) {
        database.transaction(handle -> {
            long others = handle.createQuery("SELECT count(*) FROM block WHERE account = :account AND name_key <> :key")
                    .bind("account", account)
                    .bind("key", name.key())
                    .mapTo(Long.class)
                    .one();
            refuseMany(others);
            return handle.execute(
                    "INSERT INTO block (account, name_key) VALUES (?, ?) ON CONFLICT DO NOTHING", account, name.key());
        });
    }

    /** An account wants to hear of a name again. @return whether it was blocked */
    public boolean remove(long account, UserName name) {
        return database.call(handle ->
                handle.execute("DELETE FROM block WHERE account = ? AND name_key = ?", account, name.key()) > 0);
    }

    /** Refuses one more where there are too many already. @throws ChatException 429 */
    public static void refuseMany(long blocked) {
        if (blocked >= MAX) {
            throw new ChatException(ErrorReason.TOO_MANY_BLOCKS, "you may block " + MAX + " users: unblock one first");
        }
    }
}
