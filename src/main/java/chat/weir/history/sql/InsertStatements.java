package chat.weir.history.sql;

import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts messages into their table, by statements that are prepared once for a connection.
 *
 * <p>Microseconds of processor time a message, SQLite, {@code synchronous=FULL}, the whole transaction:
 *
 * <pre>
 * messages in the transaction          1     80    640
 * one row a statement, executeUpdate  103    6.5   4.6
 * one row a statement, executeBatch   102    4.6   2.4
 * json_each over one JSON text        113    5.4   3.6
 * up to 32 rows a statement           102    3.5   1.7
 * </pre>
 *
 * (With seven values a row; what is the same in all rows of a statement, and the ids, which follow one another in a
 * channel, are now bound once for all of them.) More rows a statement gain nothing, nor do a larger page cache and
 * rarer checkpoints in one channel. PostgreSQL gets one row a statement in one batch, which its driver sends together as
 * statements of many rows: one round trip instead of one for each.
 *
 * <p>Threading: confined to the log's thread.
 */
final class InsertStatements {
    private static final String INSERT = "INSERT INTO message (channel, id, sent_at, author, account, text) VALUES ";
    private static final int MOST_ROWS = 32;
    /** Of a row's values those that are bound for each; channel, first id and time are bound once before them. */
    private static final int COLUMNS_A_ROW = 3;

    private static final int COLUMNS_A_STATEMENT = 3;

    private final List<Sized> statements = new ArrayList<>();

    private record Sized(PreparedStatement statement, int rows) {}

    /** Closed with the connection. */
    InsertStatements(Connection connection, boolean isPostgresql) throws SQLException {
        if (isPostgresql) {
            statements.add(new Sized(connection.prepareStatement(INSERT + "(?, ?, ?, ?, ?, ?)"), 1));
        } else {
            for (int rows = MOST_ROWS; rows >= 1; rows /= 2) {
                statements.add(new Sized(connection.prepareStatement(INSERT + numbered(rows)), rows));
            }
        }
    }

    /** {@code (?1, ?2, ?3, ?4, ?5, ?6), (?1, ?2 + 1, ?3, ?7, ?8, ?9)} and so on, as SQLite spells them. */
    private static String numbered(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    int first = COLUMNS_A_STATEMENT + row * COLUMNS_A_ROW + 1;
                    return "(?1, ?2 + " + row + ", ?3, ?" + first + ", ?" + (first + 1) + ", ?" + (first + 2) + ")";
                })
                .collect(Collectors.joining(", "));
    }

    /** The ids of each channel have to follow one another, as those given within one transaction do. */
    void insert(List<StampedDraft> batch) throws SQLException {
        Map<ChannelId, List<StampedDraft>> channels = new LinkedHashMap<>();
        for (StampedDraft stamped : batch) {
            channels.computeIfAbsent(stamped.draft().channel(), id -> new ArrayList<>())
                    .add(stamped);
        }
        Map<ChannelId, Integer> done = new HashMap<>();
        for (Sized sized : statements) {
            boolean any = false;
            for (Map.Entry<ChannelId, List<StampedDraft>> entry : channels.entrySet()) {
                List<StampedDraft> all = entry.getValue();
                int next = done.getOrDefault(entry.getKey(), 0);
                for (; all.size() - next >= sized.rows(); next += sized.rows()) {
                    bind(sized.statement(), all.subList(next, next + sized.rows()));
                    sized.statement().addBatch();
                    any = true;
                }
                done.put(entry.getKey(), next);
            }
            if (any) {
                sized.statement().executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement statement, List<StampedDraft> rows) throws SQLException {
        StampedDraft first = rows.get(0);
        statement.setString(1, first.draft().channel().value());
        statement.setLong(2, first.id());
        statement.setLong(3, first.timestamp());
        int column = COLUMNS_A_STATEMENT;
        for (StampedDraft row : rows) {
            Author author = row.draft().author();
            statement.setString(++column, author.name().value());
            if (author.account() == Author.GUEST) {
                statement.setNull(++column, Types.BIGINT);
            } else {
                statement.setLong(++column, author.account());
            }
            statement.setString(++column, row.draft().text());
        }
    }
}
