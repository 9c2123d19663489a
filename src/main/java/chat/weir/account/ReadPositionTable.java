package chat.weir.account;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.Utf8Order;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The table of read positions, in SQL that both engines understand.
 *
 * <p>Threading: confined to the thread of its handle.
 */
record ReadPositionTable(Handle handle) {

    /**
     * Moves positions forward. Positions that are ahead already stay, and accounts that no longer exist are skipped: the
     * foreign key would fail the whole transaction.
     *
     * @param positions in the same order on every node, so that two transactions do not deadlock
     */
    int put(Collection<ReadPosition> positions) {
        try (PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO read_position (account, channel, message_id)
                SELECT :account, :channel, :id WHERE EXISTS (SELECT 1 FROM account WHERE id = :account)
                ON CONFLICT (account, channel) DO UPDATE SET message_id = excluded.message_id
                WHERE read_position.message_id < excluded.message_id""")) {
            positions.forEach(position -> batch.bind("account", position.account())
                    .bind("channel", position.channel().value())
                    .bind("id", position.id())
                    .add());
            return batch.execute().length;
        }
    }

    /** The position of an account in a channel; 0 if it has none. */
    long find(long account, ChannelId channel) {
        return handle.createQuery(
                        "SELECT message_id FROM read_position WHERE account = :account AND channel = :channel")
                .bind("account", account)
                .bind("channel", channel.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    int count(long account) {
        return handle.createQuery("SELECT count(*) FROM read_position WHERE account = :account")
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    /** Removes the position of an account with the lowest id. */
    int removeOldest(long account) {
        return handle.createUpdate("DELETE FROM read_position WHERE account = :account AND channel ="
                        + " (SELECT channel FROM read_position WHERE account = :account"
                        + " ORDER BY message_id, channel LIMIT 1)")
                .bind("account", account)
                .execute();
    }

    /** The positions of an account in channels after {@code after}, in the order of the channels. */
    SortedMap<ChannelId, Long> list(long account, String after, int limit) {
        SortedMap<ChannelId, Long> found = new TreeMap<>(Utf8Order.CHANNELS);
        handle.createQuery("SELECT channel, message_id FROM read_position"
                        + " WHERE account = :account AND channel > :after ORDER BY channel LIMIT :limit")
                .bind("account", account)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> Map.entry(new ChannelId(row.getString(1)), row.getLong(2)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
