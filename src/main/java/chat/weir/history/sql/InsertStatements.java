package chat.weir.history.sql;

import chat.weir.history.Author;
import chat.weir.history.ChangeDraft;
import chat.weir.protocol.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Inserts messages with statements that are prepared once per connection.
 *
 * <p>CPU time per message in microseconds, for SQLite with {@code synchronous=FULL} and the whole transaction:
 *
 * <pre>
 * messages per transaction              1     80    640
 * one row per statement, executeUpdate  103    6.5   4.6
 * one row per statement, executeBatch   102    4.6   2.4
 * json_each over one JSON text          113    5.4   3.6
 * up to 32 rows per statement           102    3.5   1.7
 * </pre>
 *
 * (Measured with seven values per row. Since then, the values that are equal in all rows of a statement, and the first
 * of the consecutive ids, are bound only once.) More rows per statement gain nothing, nor do a larger page cache or
 * rarer checkpoints. On PostgreSQL, a batch of single-row statements is used; the driver rewrites it into multi-row
 * statements, in one round trip.
 *
 * <p>Threading: confined to the log thread.
 */
final class InsertStatements {
    private static final String INSERT = "INSERT INTO message (channel, id, sent_at, author, account, text) VALUES ";
    private static final int MAX_ROWS = 32;
    /** Values that are bound per row. The channel, the first id and the time are bound once, before them. */
    private static final int COLUMNS_PER_ROW = 3;

    private static final int COLUMNS_PER_STATEMENT = 3;

    private final List<Sized> statements = new ArrayList<>();

    private record Sized(PreparedStatement statement, int rows) {}

    /** The statements are closed with the connection. */
    InsertStatements(Connection connection, boolean isPostgresql) throws SQLException {
        if (isPostgresql) {
            statements.add(new Sized(connection.prepareStatement(INSERT + "(?, ?, ?, ?, ?, ?)"), 1));
        } else {
            for (int rows = MAX_ROWS; rows >= 1; rows /= 2) {
                statements.add(new Sized(connection.prepareStatement(INSERT + numbered(rows)), rows));
            }
        }
    }

    /** {@code (?1, ?2, ?3, ?4, ?5, ?6), (?1, ?2 + 1, ?3, ?7, ?8, ?9)} and so on, with SQLite's numbered parameters. */
    private static String numbered(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    int first = COLUMNS_PER_STATEMENT + row * COLUMNS_PER_ROW + 1;
                    return "(?1, ?2 + " + row + ", ?3, ?" + first + ", ?" + (first + 1) + ", ?" + (first + 2) + ")";
                })
                .collect(Collectors.joining(", "));
    }

    /** Inserts the messages of a batch, and skips its changes. */
    void insert(List<StampedDraft> batch) throws SQLException {
        List<List<StampedDraft>> runs = runs(batch);
        int[] done = new int[runs.size()];
        for (Sized sized : statements) {
            boolean any = false;
            for (int run = 0; run < done.length; run++) {
                List<StampedDraft> all = runs.get(run);
                int next = done[run];
                for (; all.size() - next >= sized.rows(); next += sized.rows()) {
                    bind(sized.statement(), all.subList(next, next + sized.rows()));
                    sized.statement().addBatch();
                    any = true;
                }
                done[run] = next;
            }
            if (any) {
                sized.statement().executeBatch();
            }
        }
    }

    /** The messages in runs of consecutive ids of one channel; a change interrupts its channel's. */
    private static List<List<StampedDraft>> runs(List<StampedDraft> batch) {
        List<List<StampedDraft>> runs = new ArrayList<>();
        Map<ChannelId, List<StampedDraft>> current = new HashMap<>();
        for (StampedDraft stamped : batch) {
            if (stamped.draft() instanceof ChangeDraft) {
                current.remove(stamped.draft().channel());
            } else {
                current.computeIfAbsent(stamped.draft().channel(), id -> {
                            List<StampedDraft> run = new ArrayList<>();
                            runs.add(run);
                            return run;
                        })
                        .add(stamped);
            }
        }
        return runs;
    }

    private static void bind(PreparedStatement statement, List<StampedDraft> rows) throws SQLException {
        StampedDraft first = rows.get(0);
        statement.setString(1, first.draft().channel().value());
        statement.setLong(2, first.id());
        statement.setLong(3, first.timestamp());
        int column = COLUMNS_PER_STATEMENT;
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
