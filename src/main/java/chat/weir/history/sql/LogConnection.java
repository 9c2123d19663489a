package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.MessageDraft;
import chat.weir.protocol.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection by which the log writes, with its statements prepared: plain JDBC, since this is done for every message.
 *
 * <p>SQLite's driver begins the next transaction within {@code commit()}, and would hold the lock that all writers need
 * while nothing is said. So there transactions are begun and ended by statements.
 *
 * <p>Threading: confined to the log's thread.
 */
final class LogConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogConnection.class);

    /** A server that does not answer for that long is taken for gone. */
    private static final int NETWORK_TIMEOUT_MILLIS = 4_000;

    /** Channels that are locked by one statement. */
    private static final int LOCKED_AT_ONCE = 32;

    private static final String LOCK = "SELECT id, last_message_id FROM channel WHERE id IN (%s) ORDER BY id%s";

    private static final String THIS_VERY_ONE = " WHERE channel = ? AND id = ? AND author = ? AND text = ?";

    private final Handle handle;
    private final Connection connection;
    private final boolean isPostgresql;
    private final Statement transaction;
    private final PreparedStatement create;
    private final PreparedStatement lockOne;
    private final PreparedStatement lockMany;
    private final PreparedStatement raise;
    private final InsertStatements inserts;

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
        lockMany = connection.prepareStatement(String.format(LOCK, "?" + ", ?".repeat(LOCKED_AT_ONCE - 1), forUpdate));
        raise = connection.prepareStatement("UPDATE channel SET last_message_id = ? WHERE id = ?");
        inserts = new InsertStatements(connection, isPostgresql);
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

    /** Makes rows for channels that have none; waits for another transaction that is making one of them. */
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

    /** The last ids of channels, which no other transaction can change until this one ends. */
    Map<ChannelId, Long> lock(List<ChannelId> channels) throws SQLException {
        Map<ChannelId, Long> lastIds = new HashMap<>();
        if (channels.size() == 1) {
            lock(lockOne, channels, 1, lastIds);
        } else {
            for (int from = 0; from < channels.size(); from += LOCKED_AT_ONCE) {
                int to = Math.min(channels.size(), from + LOCKED_AT_ONCE);
                lock(lockMany, channels.subList(from, to), LOCKED_AT_ONCE, lastIds);
            }
        }
        if (lastIds.size() != channels.size()) {
            throw new SQLException("rows of the table of channels have gone");
        }
        return lastIds;
    }

    /** Places that are left over get the last channel again. */
    private static void lock(
            PreparedStatement statement, List<ChannelId> channels, int places, Map<ChannelId, Long> lastIds)
            throws SQLException {
        for (int place = 0; place < places; place++) {
            ChannelId channel = channels.get(Math.min(place, channels.size() - 1));
            statement.setString(place + 1, channel.value());
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

    void insert(List<StampedDraft> batch) throws SQLException {
        inserts.insert(batch);
    }

    void raise(Map<ChannelId, Long> lastIds) throws SQLException {
        for (Map.Entry<ChannelId, Long> entry : lastIds.entrySet()) {
            raise.setLong(1, entry.getValue());
            raise.setString(2, entry.getKey().value());
            raise.addBatch();
        }
        raise.executeBatch();
    }

    /** Writes to the disk, under an id that no channel has, and leaves nothing behind. */
    void probe() throws SQLException {
        begin();
        transaction.execute("INSERT INTO channel (id, last_message_id) VALUES ('', 0)");
        transaction.execute("DELETE FROM channel WHERE id = ''");
        commit();
    }

    /** Whether this very message is stored, and not another that was given the same id. */
    boolean isStored(StampedDraft stamped) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM message" + THIS_VERY_ONE)) {
            bind(select, stamped);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    void delete(StampedDraft stamped) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM message" + THIS_VERY_ONE)) {
            bind(delete, stamped);
            delete.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, StampedDraft stamped) throws SQLException {
        MessageDraft draft = stamped.draft();
        statement.setString(1, draft.channel().value());
        statement.setLong(2, stamped.id());
        statement.setString(3, draft.author().name().value());
        statement.setString(4, draft.text());
    }

    /** After a failure. That a connection which is broken, or has undone it all by itself, refuses is of no interest. */
    void abandon() {
        try {
            rollback();
        } catch (SQLException e) {
            log.debug("there is nothing to be rolled back", e);
        }
        try {
            close();
        } catch (RuntimeException e) {
            log.debug("the connection was broken", e);
        }
    }

    /** Gives the connection back, with no transaction under way. */
    @Override
    public void close() {
        try (handle) {
            // Jdbi takes a connection that does not commit by itself for one with a transaction under way.
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.debug("the connection is broken", e);
        }
    }
}
