package chat.weir.account;

import chat.weir.account.Account.Role;
import chat.weir.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table of accounts, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record AccountTable(Handle handle) {
    static final String LIST = """
            SELECT id, name, name_key, role, password_version, created_at FROM account
            WHERE name_key >= :first AND name_key < :end AND name_key <> :after
            ORDER BY name_key LIMIT :limit""";

    /** The last code point, a noncharacter. Unicode guarantees that it is never assigned, so no name contains it. */
    private static final String AFTER_ALL_LETTERS = Character.toString(Character.MAX_CODE_POINT);

    /** An account with its password hash. */
    record Row(Account account, String password) {}

    /** Returns false if the name is taken. */
    boolean insert(Account account, String password) {
        return handle.createUpdate("""
                                INSERT INTO account (id, name, name_key, password, password_version, role, created_at)
                                VALUES (:id, :name, :key, :password, :version, :role, :createdAt)
                                ON CONFLICT (name_key) DO NOTHING""")
                        .bind("id", account.id())
                        .bind("name", account.name().value())
                        .bind("key", account.name().key())
                        .bind("password", password)
                        .bind("version", account.passwordVersion())
                        .bind("role", account.role().inDatabase())
                        .bind("createdAt", account.createdAt())
                        .execute()
                == 1;
    }

    Optional<Row> find(UserName name) {
        return handle.createQuery("SELECT * FROM account WHERE name_key = :key")
                .bind("key", name.key())
                .map((row, context) -> new Row(account(row, context), row.getString("password")))
                .findOne();
    }

    Optional<Row> find(long id) {
        return handle.createQuery("SELECT * FROM account WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Row(account(row, context), row.getString("password")))
                .findOne();
    }

    /** The names of those accounts that exist. */
    Map<Long, UserName> names(Collection<Long> ids) {
        Map<Long, UserName> names = new HashMap<>();
        handle.createQuery("SELECT * FROM account WHERE id IN (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .map(AccountTable::account)
                .forEach(account -> names.put(account.id(), account.name()));
        return names;
    }

    boolean exists(UserName name) {
        return handle.createQuery("SELECT 1 FROM account WHERE name_key = :key")
                .bind("key", name.key())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    boolean isCurrent(Account account) {
        return handle.createQuery("SELECT 1 FROM account WHERE id = :id AND password_version = :version")
                .bind("id", account.id())
                .bind("version", account.passwordVersion())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Locks the account until the transaction ends, so that its password cannot change meanwhile. Uses an update that
     * changes nothing, because SQLite has no {@code SELECT … FOR UPDATE}.
     *
     * @return false if the account was deleted or its password was changed
     */
    boolean lock(Account account) {
        return handle.createUpdate("UPDATE account SET password_version = password_version"
                                + " WHERE id = :id AND password_version = :version")
                        .bind("id", account.id())
                        .bind("version", account.passwordVersion())
                        .execute()
                == 1;
    }

    /** Returns false if the account was deleted or its password was changed since it was read. */
    boolean changePassword(Account account, String password) {
        return handle.createUpdate("UPDATE account SET password = :password, password_version = password_version + 1"
                                + " WHERE id = :id AND password_version = :version")
                        .bind("password", password)
                        .bind("id", account.id())
                        .bind("version", account.passwordVersion())
                        .execute()
                == 1;
    }

    /** Replaces the hash by a new one of the same password, unless the password was changed meanwhile. */
    int renewPassword(Row row, String renewed) {
        return handle.createUpdate("UPDATE account SET password = :renewed WHERE id = :id AND password = :old")
                .bind("renewed", renewed)
                .bind("id", row.account().id())
                .bind("old", row.password())
                .execute();
    }

    /** Returns false if the account does not exist or already has the role. */
    boolean setRole(UserName name, Role role) {
        return handle.createUpdate("UPDATE account SET role = :role WHERE name_key = :key AND role <> :role")
                        .bind("role", role.inDatabase())
                        .bind("key", name.key())
                        .execute()
                == 1;
    }

    /** Also deletes what belongs to the account, such as sessions and read positions, by foreign keys. */
    int delete(Account account) {
        return handle.createUpdate("DELETE FROM account WHERE id = :id")
                .bind("id", account.id())
                .execute();
    }

    /** Records that the messages of an account are to be deleted. Does nothing if that is recorded already. */
    int insertMessageDeletion(Account account, long now) {
        return handle.createUpdate("INSERT INTO message_deletion (account, requested_at, channel, message)"
                        + " VALUES (:account, :now, '', 0) ON CONFLICT DO NOTHING")
                .bind("account", account.id())
                .bind("now", now)
                .execute();
    }

    /**
     * Accounts in the order of their name keys, which both engines compare by code points. The query is a range of
     * keys, so that it uses the index; {@code LIKE} would not use it on either engine. The range ends at the prefix
     * followed by the last code point: the usual U+FFFF would exclude scripts above it. There is only one lower bound,
     * because SQLite uses only one for the index search.
     *
     * @param prefix the start of the keys
     * @param after return keys after this one; empty: from the first
     */
    List<Account> list(String prefix, String after, int limit) {
        return handle.createQuery(LIST)
                .bind("first", isAfter(after, prefix) ? after : prefix)
                .bind("end", prefix + AFTER_ALL_LETTERS)
                .bind("after", after)
                .bind("limit", limit)
                .map(AccountTable::account)
                .list();
    }

    /** Compares UTF-8 bytes, like the engines. Java's own order of strings differs above U+FFFF. */
    private static boolean isAfter(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) > 0;
    }

    static Account account(ResultSet row, StatementContext context) throws SQLException {
        return new Account(
                row.getLong("id"),
                new UserName(row.getString("name"), row.getString("name_key")),
                Role.fromDatabase(row.getString("role")),
                row.getLong("password_version"),
                row.getLong("created_at"));
    }
}
