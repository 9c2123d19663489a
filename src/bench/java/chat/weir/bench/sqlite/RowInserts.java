package chat.weir.bench.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Inserts rows with the statements of the message log: reads the last ids of the channels, inserts up to 32 rows per
 * statement, and updates the last ids, in one transaction.
 *
 * <p>Threading: confined to the thread that inserts.
 */
final class RowInserts {
    private static final int MAX_ROWS = 32;
    private static final int CHANNELS_PER_SELECT = 32;
    private static final int SHARED_PARAMETERS = 3;
    private static final int PARAMETERS_PER_ROW = 3;

    private final Statement transaction;
    private final PreparedStatement create;
    private final PreparedStatement selectOne;
    private final PreparedStatement selectMany;
    private final PreparedStatement update;
    /** By the power of two of the number of rows. */
    private final List<PreparedStatement> inserts = new ArrayList<>();

    RowInserts(Connection connection) throws SQLException {
        transaction = connection.createStatement();
        create = connection.prepareStatement(
                "INSERT INTO channel (id, last_message_id) VALUES (?, 0) ON CONFLICT DO NOTHING");
        selectOne = connection.prepareStatement(select(1));
        selectMany = connection.prepareStatement(select(CHANNELS_PER_SELECT));
        update = connection.prepareStatement("UPDATE channel SET last_message_id = ? WHERE id = ?");
        for (int rows = 1; rows <= MAX_ROWS; rows *= 2) {
            inserts.add(connection.prepareStatement(insert(rows)));
        }
    }

    private static String select(int channels) {
        return "SELECT id, last_message_id FROM channel WHERE id IN ("
                + String.join(", ", Collections.nCopies(channels, "?")) + ") ORDER BY id";
    }

    private static String insert(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    int first = SHARED_PARAMETERS + row * PARAMETERS_PER_ROW + 1;
                    return "(?1, ?2 + " + row + ", ?3, ?" + first + ", ?" + (first + 1) + ", ?" + (first + 2) + ")";
                })
                .collect(Collectors.joining(
                        ", ", "INSERT INTO message (channel, id, sent_at, author, account, text) VALUES ", ""));
    }

    /** Creates the rows of channels, which the other methods expect. */
    void create(List<String> channels) throws SQLException {
        for (String channel : channels) {
            create.setString(1, channel);
            create.executeUpdate();
        }
    }

    /** Stores the rows in one transaction. @return the last ids before it, by channel */
    Map<String, Long> store(Map<String, List<MessageRow>> byChannel) throws SQLException {
        transaction.execute("BEGIN IMMEDIATE");
        Map<String, Long> lastIds = lastIds(byChannel.keySet().stream().sorted().toList());
        insert(byChannel);
        for (Map.Entry<String, List<MessageRow>> entry : byChannel.entrySet()) {
            List<MessageRow> rows = entry.getValue();
            update.setLong(1, rows.get(rows.size() - 1).id());
            update.setString(2, entry.getKey());
            update.addBatch();
        }
        update.executeBatch();
        transaction.execute("COMMIT");
        return lastIds;
    }

    private Map<String, Long> lastIds(List<String> channels) throws SQLException {
        Map<String, Long> lastIds = new HashMap<>();
        int parameters = channels.size() == 1 ? 1 : CHANNELS_PER_SELECT;
        PreparedStatement select = channels.size() == 1 ? selectOne : selectMany;
        for (int from = 0; from < channels.size(); from += parameters) {
            for (int i = 0; i < parameters; i++) {
                select.setString(i + 1, channels.get(Math.min(from + i, channels.size() - 1)));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lastIds.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return lastIds;
    }

    /** Statement by statement, so that each is executed once, with all its rows. */
    private void insert(Map<String, List<MessageRow>> byChannel) throws SQLException {
        Map<String, Integer> done = new HashMap<>();
        for (int power = inserts.size() - 1; power >= 0; power--) {
            PreparedStatement insert = inserts.get(power);
            int size = 1 << power;
            boolean any = false;
            for (Map.Entry<String, List<MessageRow>> entry : byChannel.entrySet()) {
                List<MessageRow> rows = entry.getValue();
                int next = done.getOrDefault(entry.getKey(), 0);
                for (; rows.size() - next >= size; next += size) {
                    bind(insert, rows.subList(next, next + size));
                    insert.addBatch();
                    any = true;
                }
                done.put(entry.getKey(), next);
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement insert, List<MessageRow> rows) throws SQLException {
        MessageRow first = rows.get(0);
        insert.setString(1, first.channel());
        insert.setLong(2, first.id());
        insert.setLong(3, first.sentAt());
        int parameter = SHARED_PARAMETERS;
        for (MessageRow row : rows) {
            insert.setString(++parameter, row.author());
            insert.setNull(++parameter, Types.BIGINT);
            insert.setString(++parameter, row.text());
        }
    }
}
