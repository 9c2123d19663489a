package chat.weir.moderation;

import chat.weir.moderation.ModeratorIndex.Seat;
import chat.weir.protocol.ChannelId;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The moderators in the database, in SQL that both engines understand.
 *
 * <p>Threading: confined to its handle's thread.
 */
record ModeratorTable(Handle handle) {

    /** There is none yet. */
    int insert(Seat seat, long change) {
        return handle.createUpdate(
                        "INSERT INTO moderator (channel, account, change_id)" + " VALUES (:channel, :account, :change)")
                .bind("channel", seat.channel().value())
                .bind("account", seat.account())
                .bind("change", change)
                .execute();
    }

    int delete(Seat seat) {
        return handle.createUpdate("DELETE FROM moderator WHERE channel = :channel AND account = :account")
                .bind("channel", seat.channel().value())
                .bind("account", seat.account())
                .execute();
    }

    /** Those that were made after a line of the audit. */
    Set<Seat> after(long change) {
        return handle.createQuery("SELECT channel, account FROM moderator WHERE change_id > :change")
                .bind("change", change)
                .map((row, context) -> new Seat(new ChannelId(row.getString("channel")), row.getLong("account")))
                .set();
    }
}
