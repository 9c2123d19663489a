package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageRef;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database connection of the log thread, with prepared statements. Plain JDBC, because it runs for every message.
 *
 * <p>The SQLite driver starts the next transaction within {@code commit()}, and would hold the write lock even while
 * no messages arrive. Therefore transactions on SQLite begin and end with explicit statements.
 *
 * <p>Threading: confined to the log thread.
 */
final class LogConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogConnection.class);

    /** After this time without an answer, the database server counts as unreachable. */
    private static final int NETWORK_TIMEOUT_MILLIS = 4_000;

    /** The number of channels that one statement locks. */
    private static final int CHANNELS_PER_LOCK = 32;

    private static final String LOCK = "SELECT id, last_message_id FROM channel WHERE id IN (%s) ORDER BY id%s";

    private static final String WHERE_SAME_MESSAGE = " WHERE channel = ? AND id = ? AND author = ? AND text = ?";

    /** Within a subquery, so that no more rows are read than that, whether or not they have a ref. */
    static final String SELECT_REFS = "SELECT id, sent_at, account, ref, ref_hash FROM (SELECT id, sent_at,"
            + " account, ref, ref_hash FROM message WHERE channel = ? AND id > ? ORDER BY id DESC LIMIT ?) AS latest"
            + " WHERE ref IS NOT NULL AND sent_at >= ? ORDER BY id DESC";

    private final Handle handle;
    private final Connection connection;
    private final boolean isPostgresql;
    private final Statement transaction;
    private final PreparedStatement create;
    private final PreparedStatement lockOne;
    private final PreparedStatement lockMany;
    private final PreparedStatement updateLastId;
    private final InsertStatements inserts;
    private final ChangeStatements changes;

    private LogConnection(Handle handle, boolean isPostgresql) throws SQLException {
        this.handle = handle;
        this.connection = handle.getConnection();
        this.isPostgresql = isPostgresql;
        if (isPostgresql) {
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        }
        transaction = connection.createStatement();
        String forUpdate = isPostgresql ? " FOR UPDATE" : "";
        create = connection.prepareStatement(
                "INSERT INTO channel (id, last_message_id) VALUES (?, 0) ON CONFLICT DO NOTHING");
        lockOne = connection.prepareStatement(String.format(LOCK, "?", forUpdate));
        lockMany =
                connection.prepareStatement(String.format(LOCK, "?" + ", ?".repeat(CHANNELS_PER_LOCK - 1), forUpdate));
        updateLastId = connection.prepareStatement("UPDATE channel SET last_message_id = ? WHERE id = ?");
        inserts = new InsertStatements(connection, isPostgresql);
        changes = new ChangeStatements(connection);
    }

    static LogConnection open(Database database) throws SQLException {
        Handle handle = database.reserved().open();
        try {
            return new LogConnection(handle, database.isPostgresql());
        } catch (SQLException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    void begin() throws SQLException {
        if (!isPostgresql) {
            transaction.execute("BEGIN IMMEDIATE");
        }
    }

    void commit() throws SQLException {
        if (isPostgresql) {
            connection.commit();
        } else {
            transaction.execute("COMMIT");
        }
    }

    void rollback() throws SQLException {
        if (isPostgresql) {
            connection.rollback();
        } else {
            transaction.execute("ROLLBACK");
        }
    }

    /** Creates missing rows. Waits for other transactions that are creating the same rows. */
    void create(Collection<ChannelId> channels) throws SQLException {
        if (channels.isEmpty()) {
            return;
        }
        for (ChannelId channel : channels) {
            create.setString(1, channel.value());
            create.addBatch();
        }
        create.executeBatch();
    }

    /** Locks the channels until the transaction ends. @return their last ids */
    Map<ChannelId, Long> lock(List<ChannelId> channels) throws SQLException {
        Map<ChannelId, Long> lastIds = new HashMap<>();
        if (channels.size() == 1) {
            lock(lockOne, channels, 1, lastIds);
        } else {
            for (int from = 0; from < channels.size(); from += CHANNELS_PER_LOCK) {
                int to = Math.min(channels.size(), from + CHANNELS_PER_LOCK);
                lock(lockMany, channels.subList(from, to), CHANNELS_PER_LOCK, lastIds);
            }
        }
        if (lastIds.size() != channels.size()) {
            throw new SQLException("rows are missing in the table channel");
        }
        return lastIds;
    }

    /** Binds unused parameters to the last channel again. */
    private static void lock(
            PreparedStatement statement, List<ChannelId> channels, int parameters, Map<ChannelId, Long> lastIds)
            throws SQLException {
        for (int i = 0; i < parameters; i++) {
            ChannelId channel = channels.get(Math.min(i, channels.size() - 1));
            statement.setString(i + 1, channel.value());
        }
        Map<String, ChannelId> byValue = new HashMap<>();
        channels.forEach(channel -> byValue.put(channel.value(), channel));
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ChannelId channel = byValue.get(rows.getString(1));
                if (channel != null) {
                    lastIds.put(channel, rows.getLong(2));
                }
            }
        }
    }

    /** Reads messages with refs, as a {@link StoredRefs.Reader}. The statement is not kept, because it is rare. */
    List<StoredRefs.Found> refs(ChannelId channel, long after, long since, int maxRows) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_REFS)) {
            select.setString(1, channel.value());
            select.setLong(2, after);
            select.setInt(3, maxRows);
            select.setLong(4, since);
            List<StoredRefs.Found> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    // A guest's account is null, which reads as 0.
                    MessageRef ref = new MessageRef(rows.getLong(3), rows.getString(4), rows.getLong(5));
                    found.add(new StoredRefs.Found(ref, rows.getLong(1), rows.getLong(2)));
                }
            }
            return found;
        }
    }

    /** Inserts the messages of a batch. */
    void insert(List<StampedDraft> batch) throws SQLException {
        inserts.insert(batch);
        for (StampedDraft stamped : batch) {
            if (stamped.draft() instanceof MessageDraft message && message.replyTo() != StoredMessage.NONE) {
                changes.setReplyTo(stamped, message.replyTo());
            }
        }
    }

    ChangeStatements changes() {
        return changes;
    }

    void updateLastIds(Map<ChannelId, Long> lastIds) throws SQLException {
        for (Map.Entry<ChannelId, Long> entry : lastIds.entrySet()) {
            updateLastId.setLong(1, entry.getValue());
            updateLastId.setString(2, entry.getKey().value());
            updateLastId.addBatch();
        }
        updateLastId.executeBatch();
    }

    /** Writes a row with an id that no channel has, and deletes it again, to check that the disk can be written. */
    void probe() throws SQLException {
        begin();
        transaction.execute("INSERT INTO channel (id, last_message_id) VALUES ('', 0)");
        transaction.execute("DELETE FROM channel WHERE id = ''");
        commit();
    }

    /** Whether this event is stored: another one may have the same number. */
    boolean isStored(StampedDraft stamped) throws SQLException {
        if (stamped.draft() instanceof ChangeDraft change) {
            return changes.isStored(stamped, change.change());
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM message" + WHERE_SAME_MESSAGE)) {
            bind(select, stamped);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Deletes a message that was stored. */
    void delete(StampedDraft stamped) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM message" + WHERE_SAME_MESSAGE)) {
            bind(delete, stamped);
            delete.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, StampedDraft stamped) throws SQLException {
        EventDraft draft = stamped.draft();
        statement.setString(1, draft.channel().value());
        statement.setLong(2, stamped.id());
        statement.setString(3, draft.author().name().value());
        statement.setString(4, draft.text());
    }

    /** Rolls back and closes after a failure. Ignores errors: the connection may be broken, or already rolled back. */
    void abandon() {
        try {
            rollback();
        } catch (SQLException e) {
            log.debug("rollback failed", e);
        }
        try {
            close();
        } catch (RuntimeException e) {
            log.debug("closing the connection failed", e);
        }
    }

    /** Returns the connection to its pool. No transaction may be open. */
    @Override
    public void close() {
        try (handle) {
            // Jdbi assumes an open transaction if auto-commit is off.
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.debug("enabling auto-commit failed", e);
        }
    }
}
