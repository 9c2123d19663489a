package chat.weir.moderation;

import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The audit table and its sequence, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record AuditTable(Handle handle) {

    /** Locks out other writers until the transaction ends. An update, because SQLite has no row locks. */
    int lock() {
        return handle.execute("UPDATE moderation SET last_change = last_change");
    }

    /** The id for a new entry. Locks like {@link #lock}. */
    long next() {
        handle.execute("UPDATE moderation SET last_change = last_change + 1");
        return last();
    }

    long last() {
        return handle.createQuery("SELECT last_change FROM moderation")
                .mapTo(Long.class)
                .one();
    }

    int insert(AuditEntry entry) {
        Duration duration = entry.duration();
        return handle.createUpdate("""
                        INSERT INTO audit (id, happened_at, by_name, by_account, measure, scope,
                            account, name, name_key, address, reason, duration, detail)
                        VALUES (:id, :happenedAt, :by, :byAccount, :measure, :scope,
                            :account, :name, :nameKey, :address, :reason, :duration, :detail)""")
                .bind("id", entry.id())
                .bind("happenedAt", entry.happenedAtMillis())
                .bind("by", entry.by())
                .bind("byAccount", entry.byAccount())
                .bind("measure", entry.action().inDatabase())
                .bind("scope", entry.scope().text())
                .bindMap(SubjectColumns.columns(entry.target()))
                .bind("reason", entry.reason().text())
                .bind("duration", duration == null ? null : (Long) duration.toMillis())
                .bind("detail", entry.detail())
                .execute();
    }

    /** The next entries after this id. */
    List<AuditEntry> after(long id, int limit) {
        return handle.createQuery("SELECT * FROM audit WHERE id > :id ORDER BY id LIMIT :limit")
                .bind("id", id)
                .bind("limit", limit)
                .map(AuditTable::entry)
                .list();
    }

    /** The entries before this id, newest first. */
    List<AuditEntry> before(long id, int limit) {
        return handle.createQuery("SELECT * FROM audit WHERE id < :id ORDER BY id DESC LIMIT :limit")
                .bind("id", id)
                .bind("limit", limit)
                .map(AuditTable::entry)
                .list();
    }

    /** The entries before this id with these scopes, newest first. */
    List<AuditEntry> before(long id, int limit, List<String> scopes) {
        return handle.createQuery(
                        "SELECT * FROM audit WHERE id < :id AND scope IN (<scopes>) ORDER BY id DESC LIMIT :limit")
                .bind("id", id)
                .bind("limit", limit)
                .bindList("scopes", scopes)
                .map(AuditTable::entry)
                .list();
    }

    private static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
        long duration = row.getLong("duration");
        return new AuditEntry(
                row.getLong("id"),
                row.getLong("happened_at"),
                row.getString("by_name"),
                row.getLong("by_account"),
                ModerationAction.fromDatabase(row.getString("measure")),
                Scope.parse(row.getString("scope")),
                SubjectColumns.of(row),
                new Reason(row.getString("reason")),
                // Zero stands for null: no duration is shorter than a second.
                duration == 0 ? null : Duration.ofMillis(duration),
                row.getString("detail"));
    }
}
