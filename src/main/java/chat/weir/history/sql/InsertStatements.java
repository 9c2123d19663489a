package chat.weir.history.sql;

import chat.weir.history.Author;
import chat.weir.history.ChangeDraft;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageRef;
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
import org.jspecify.annotations.Nullable;

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
 * statements, in one round trip. Statements with the columns of a ref are prepared when the first ref is stored.
 *
 * <p>Threading: confined to the log thread.
 */
final class InsertStatements {
    private static final String INSERT = "INSERT INTO message (channel, id, sent_at, author, account, text";
    private static final String REF = ", ref, ref_hash";
    private static final int MAX_ROWS = 32;
    /** The channel, the first id and the time, which are bound once, before the values of the rows. */
    private static final int COLUMNS_PER_STATEMENT = 3;

    private static final int COLUMNS_PER_ROW = 3;
    private static final int COLUMNS_PER_ROW_WITH_REF = 5;

    private final Connection connection;
    private final boolean isPostgresql;
    private final List<Sized> statements;
    /** Empty until they are needed. */
    private List<Sized> statementsWithRef = List.of();

    private record Sized(PreparedStatement statement, int rows) {}

    /** The statements are closed with the connection. */
    InsertStatements(Connection connection, boolean isPostgresql) throws SQLException {
        this.connection = connection;
        this.isPostgresql = isPostgresql;
        this.statements = prepare(INSERT, COLUMNS_PER_ROW);
    }

    /** The largest first. */
    private List<Sized> prepare(String insert, int columns) throws SQLException {
        List<Sized> prepared = new ArrayList<>();
        String values = insert + ") VALUES ";
        if (isPostgresql) {
            String row = "(?" + ", ?".repeat(COLUMNS_PER_STATEMENT + columns - 1) + ")";
            prepared.add(new Sized(connection.prepareStatement(values + row), 1));
        } else {
            for (int rows = MAX_ROWS; rows >= 1; rows /= 2) {
                prepared.add(new Sized(connection.prepareStatement(values + numbered(rows, columns)), rows));
            }
        }
        return prepared;
    }

    /** {@code (?1, ?2, ?3, ?4, ?5, ?6), (?1, ?2 + 1, ?3, ?7, ?8, ?9)} and so on, with SQLite's numbered parameters. */
    private static String numbered(int rows, int columns) {
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    int first = COLUMNS_PER_STATEMENT + row * columns + 1;
                    return IntStream.range(first, first + columns)
                            .mapToObj(column -> ", ?" + column)
                            .collect(Collectors.joining("", "(?1, ?2 + " + row + ", ?3", ")"));
                })
                .collect(Collectors.joining(", "));
    }

    /** Inserts the messages of a batch, and skips its changes. */
    void insert(List<StampedDraft> batch) throws SQLException {
        List<Run> runs = runs(batch);
        List<Run> withRef = runs.stream().filter(run -> run.hasRef).toList();
        if (withRef.isEmpty()) {
            insert(statements, runs);
            return;
        }
        if (statementsWithRef.isEmpty()) {
            statementsWithRef = prepare(INSERT + REF, COLUMNS_PER_ROW_WITH_REF);
        }
        insert(statementsWithRef, withRef);
        insert(statements, runs.stream().filter(run -> !run.hasRef).toList());
    }

    private static void insert(List<Sized> statements, List<Run> runs) throws SQLException {
        int[] done = new int[runs.size()];
        for (Sized sized : statements) {
            boolean any = false;
            for (int run = 0; run < done.length; run++) {
                List<StampedDraft> all = runs.get(run).messages;
                int next = done[run];
                for (; all.size() - next >= sized.rows(); next += sized.rows()) {
                    bind(sized.statement(), all.subList(next, next + sized.rows()), runs.get(run).hasRef);
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

    /** Messages with consecutive ids in one channel. If one of them has a ref, that of the others is null. */
    private static final class Run {
        private final List<StampedDraft> messages = new ArrayList<>();
        private boolean hasRef;

        void add(StampedDraft stamped) {
            messages.add(stamped);
            hasRef |= ref(stamped) != null;
        }
    }

    private static @Nullable MessageRef ref(StampedDraft stamped) {
        return stamped.draft() instanceof MessageDraft message ? message.storedRef() : null;
    }

    /** A change interrupts its channel's run. */
    private static List<Run> runs(List<StampedDraft> batch) {
        List<Run> runs = new ArrayList<>();
        Map<ChannelId, Run> current = new HashMap<>();
        for (StampedDraft stamped : batch) {
            if (stamped.draft() instanceof ChangeDraft) {
                current.remove(stamped.draft().channel());
            } else {
                current.computeIfAbsent(stamped.draft().channel(), id -> {
                            Run run = new Run();
                            runs.add(run);
                            return run;
                        })
                        .add(stamped);
            }
        }
        return runs;
    }

    private static void bind(PreparedStatement statement, List<StampedDraft> rows, boolean withRef)
            throws SQLException {
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
            if (withRef) {
                bindRef(statement, column, ref(row));
                column += 2;
            }
        }
    }

    private static void bindRef(PreparedStatement statement, int after, @Nullable MessageRef ref) throws SQLException {
        if (ref == null) {
            statement.setNull(after + 1, Types.VARCHAR);
            statement.setNull(after + 2, Types.BIGINT);
        } else {
            statement.setString(after + 1, ref.ref());
            statement.setLong(after + 2, ref.hash());
        }
    }
}
