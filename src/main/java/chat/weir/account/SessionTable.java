package chat.weir.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table of sessions, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record SessionTable(Handle handle) {
    /** SQL requires a LIMIT before OFFSET; larger than any result. */
    private static final int ALL = 1_000_000;

    int insert(LoginSession session, long createdAt) {
        return handle.createUpdate("INSERT INTO session (token_hash, account, created_at, expires_at)"
                        + " VALUES (:hash, :account, :createdAt, :expiresAt)")
                .bind("hash", session.tokenHash())
                .bind("account", session.account().id())
                .bind("createdAt", createdAt)
                .bind("expiresAt", session.expires().getEpochSecond())
                .execute();
    }

    /** Reads the session with its current account. */
    Optional<LoginSession> find(String tokenHash, long now) {
        return handle.createQuery("""
                        SELECT account.*, session.expires_at
                        FROM session JOIN account ON account.id = session.account
                        WHERE session.token_hash = :hash AND session.expires_at > :now""")
                .bind("hash", tokenHash)
                .bind("now", now)
                .map((row, context) -> new LoginSession(
                        tokenHash,
                        AccountTable.account(row, context),
                        Instant.ofEpochSecond(row.getLong("expires_at"))))
                .findOne();
    }

    /** The hashes of an account's sessions except its {@code newest} newest ones. */
    List<String> oldestBeyond(int newest, Account account) {
        return handle.createQuery("SELECT token_hash FROM session WHERE account = :account"
                        + " ORDER BY created_at DESC, token_hash LIMIT :all OFFSET :newest")
                .bind("account", account.id())
                .bind("all", ALL)
                .bind("newest", newest)
                .mapTo(String.class)
                .list();
    }

    int delete(String tokenHash) {
        return handle.createUpdate("DELETE FROM session WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .execute();
    }

    int deleteOthers(LoginSession kept) {
        return handle.createUpdate("DELETE FROM session WHERE account = :account AND token_hash <> :hash")
                .bind("account", kept.account().id())
                .bind("hash", kept.tokenHash())
                .execute();
    }

    /** Deletes at most {@code max} expired sessions, so that the table is not locked for long. */
    int deleteExpired(long now, int max) {
        return handle.createUpdate("DELETE FROM session WHERE token_hash IN"
                        + " (SELECT token_hash FROM session WHERE expires_at <= :now LIMIT :max)")
                .bind("now", now)
                .bind("max", max)
                .execute();
    }

    /** Those of the hashes that exist. */
    Set<String> existing(List<String> tokenHashes) {
        return handle.createQuery("SELECT token_hash FROM session WHERE token_hash IN (<hashes>)")
                .bindList("hashes", tokenHashes)
                .mapTo(String.class)
                .set();
    }
}
