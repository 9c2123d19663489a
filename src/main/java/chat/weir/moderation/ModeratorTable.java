package chat.weir.moderation;

import chat.weir.moderation.ModeratorIndex.Assignment;
import chat.weir.protocol.ChannelId;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table of moderators, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record ModeratorTable(Handle handle) {

    /** The row must not exist. */
    int insert(Assignment assignment, long change) {
        return handle.createUpdate(
                        "INSERT INTO moderator (channel, account, change_id)" + " VALUES (:channel, :account, :change)")
                .bind("channel", assignment.channel().value())
                .bind("account", assignment.account())
                .bind("change", change)
                .execute();
    }

    int delete(Assignment assignment) {
        return handle.createUpdate("DELETE FROM moderator WHERE channel = :channel AND account = :account")
                .bind("channel", assignment.channel().value())
                .bind("account", assignment.account())
                .execute();
    }

    /** The moderators that were appointed after an audit entry. */
    Set<Assignment> after(long change) {
        return handle.createQuery("SELECT channel, account FROM moderator WHERE change_id > :change")
                .bind("change", change)
                .map((row, context) -> new Assignment(new ChannelId(row.getString("channel")), row.getLong("account")))
                .set();
    }
}
