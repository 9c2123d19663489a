package chat.weir.account;

import chat.weir.account.Account.Role;
import chat.weir.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The accounts in the database, in SQL that both engines understand.
 *
 * <p>Threading: confined to its handle's thread.
 */
record AccountTable(Handle handle) {
    static final String LIST = """
            SELECT id, name, name_key, role, password_version, created_at FROM account
            WHERE name_key >= :first AND name_key < :end AND name_key <> :after
            ORDER BY name_key LIMIT :limit""";

    /** The last of all code points: Unicode has promised never to make it a character, so no name holds it. */
    private static final String BEHIND_ALL_LETTERS = Character.toString(Character.MAX_CODE_POINT);

    /** An account with the hash of its password. */
    record Row(Account account, String password) {}

    /** False if the name is taken. */
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
     * Holds the account as it is until the transaction ends: whoever changes its password waits for that. An update
     * that changes nothing, since SQLite has no {@code SELECT … FOR UPDATE}, nor needs one.
     *
     * @return false if the account is gone or its password has been changed
     */
    boolean hold(Account account) {
        return handle.createUpdate("UPDATE account SET password_version = password_version"
                                + " WHERE id = :id AND password_version = :version")
                        .bind("id", account.id())
                        .bind("version", account.passwordVersion())
                        .execute()
                == 1;
    }

    /** False if the account is gone or its password has been changed since the account was read. */
    boolean changePassword(Account account, String password) {
        return handle.createUpdate("UPDATE account SET password = :password, password_version = password_version + 1"
                                + " WHERE id = :id AND password_version = :version")
                        .bind("password", password)
                        .bind("id", account.id())
                        .bind("version", account.passwordVersion())
                        .execute()
                == 1;
    }

    /** Puts another hash of the same password in the place of the one that was read. */
    int renewPassword(Row row, String renewed) {
        return handle.createUpdate("UPDATE account SET password = :renewed WHERE id = :id AND password = :old")
                .bind("renewed", renewed)
                .bind("id", row.account().id())
                .bind("old", row.password())
                .execute();
    }

    /** False if there is no such account or it has the role already. */
    boolean setRole(UserName name, Role role) {
        return handle.createUpdate("UPDATE account SET role = :role WHERE name_key = :key AND role <> :role")
                        .bind("role", role.inDatabase())
                        .bind("key", name.key())
                        .execute()
                == 1;
    }

    /** With its sessions, which refer to it. */
    int delete(Account account) {
        return handle.createUpdate("DELETE FROM account WHERE id = :id")
                .bind("id", account.id())
                .execute();
    }

    /**
     * Accounts in the order of their keys, which is that of the code points in both engines. A range of keys, so that
     * the index leads to it; {@code LIKE} would not use it in either. The range ends before the prefix and the last
     * code point: the usual U+FFFF would leave out the scripts beyond it. It has one lower bound, since SQLite looks
     * only one up in the index.
     *
     * @param prefix the key that they begin with
     * @param after a key; empty: from the first on
     */
    List<Account> list(String prefix, String after, int limit) {
        return handle.createQuery(LIST)
                .bind("first", isBehind(after, prefix) ? after : prefix)
                .bind("end", prefix + BEHIND_ALL_LETTERS)
                .bind("after", after)
                .bind("limit", limit)
                .map(AccountTable::account)
                .list();
    }

    /** As the engines compare, byte by byte; Java's own order of strings differs beyond U+FFFF. */
    private static boolean isBehind(String one, String other) {
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
