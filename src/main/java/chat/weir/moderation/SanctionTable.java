package chat.weir.moderation;

import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table of bans and mutes, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record SanctionTable(Handle handle) {

    /** Inserts a sanction, or replaces the one with the same key. */
    int put(Sanction sanction) {
        return handle.createUpdate("""
                        INSERT INTO sanction (kind, scope, subject, account, name, name_key, address, networks,
                            reason, by_name, given_at, ends_at, change_id)
                        VALUES (:kind, :scope, :subject, :account, :name, :nameKey, :address, :networks,
                            :reason, :by, :givenAt, :endsAt, :change)
                        ON CONFLICT (kind, scope, subject) DO UPDATE SET
                            name = excluded.name, address = excluded.address, networks = excluded.networks,
                            reason = excluded.reason, by_name = excluded.by_name, given_at = excluded.given_at,
                            ends_at = excluded.ends_at, change_id = excluded.change_id""")
                .bind("kind", sanction.type().inDatabase())
                .bind("scope", sanction.scope().text())
                .bind("subject", sanction.subject().key())
                .bindMap(SubjectColumns.columns(sanction.subject()))
                .bind("networks", String.join(" ", sanction.networks()))
                .bind("reason", sanction.reason().text())
                .bind("by", sanction.by())
                .bind("givenAt", sanction.givenAtMillis())
                .bind("endsAt", sanction.endsAtMillis())
                .bind("change", sanction.change())
                .execute();
    }

    int delete(Sanction.Key key) {
        return handle.createUpdate("DELETE FROM sanction WHERE kind = :kind AND scope = :scope AND subject = :subject")
                .bind("kind", key.type().inDatabase())
                .bind("scope", key.scope().text())
                .bind("subject", key.subject())
                .execute();
    }

    /** Deletes those that have not been replaced since. */
    int[] delete(List<Sanction> some) {
        PreparedBatch batch = handle.prepareBatch("DELETE FROM sanction"
                + " WHERE kind = :kind AND scope = :scope AND subject = :subject AND change_id = :change");
        for (Sanction sanction : some) {
            batch.bind("kind", sanction.type().inDatabase())
                    .bind("scope", sanction.scope().text())
                    .bind("subject", sanction.subject().key())
                    .bind("change", sanction.change())
                    .add();
        }
        return batch.execute();
    }

    /** The sanctions that were set after an audit entry. */
    List<Sanction> after(long change) {
        return handle.createQuery("SELECT * FROM sanction WHERE change_id > :change")
                .bind("change", change)
                .map(SanctionTable::sanction)
                .list();
    }

    private static Sanction sanction(ResultSet row, StatementContext context) throws SQLException {
        String networks = row.getString("networks");
        long endsAt = row.getLong("ends_at");
        return new Sanction(
                row.getLong("change_id"),
                SanctionType.fromDatabase(row.getString("kind")),
                Scope.parse(row.getString("scope")),
                SubjectColumns.of(row),
                networks.isEmpty() ? List.of() : List.of(networks.split(" ")),
                new Reason(row.getString("reason")),
                row.getString("by_name"),
                row.getLong("given_at"),
                // A null column reads as 0.
                endsAt == 0 ? null : endsAt);
    }
}
