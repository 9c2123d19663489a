package chat.weir.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

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
 * up to 64 rows a statement           102    3.5   1.7
 * </pre>
 *
 * More rows than 32 a statement gain nothing. PostgreSQL gets one row a statement in one batch, which its driver sends
 * together as statements of many rows: one round trip instead of one for each.
 *
 * <p>Threading: confined to the log's thread.
 */
final class MessageInserts {
    private static final String INSERT =
            "INSERT INTO message (channel, id, sent_at, author, author_key, account, text) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?)";
    private static final int MOST_ROWS = 32;

    private final List<Sized> statements = new ArrayList<>();

    private record Sized(PreparedStatement statement, int rows) {}

    /** Closed with the connection. */
    MessageInserts(Connection connection, boolean isPostgresql) throws SQLException {
        for (int rows = isPostgresql ? 1 : MOST_ROWS; rows >= 1; rows /= 2) {
            String sql = INSERT + ROW + (", " + ROW).repeat(rows - 1);
            statements.add(new Sized(connection.prepareStatement(sql), rows));
        }
    }

    void insert(List<Given> batch) throws SQLException {
        int next = 0;
        for (Sized sized : statements) {
            boolean any = false;
            while (batch.size() - next >= sized.rows()) {
                for (int row = 0; row < sized.rows(); row++) {
                    bind(sized.statement(), row, batch.get(next + row));
                }
                sized.statement().addBatch();
                next += sized.rows();
                any = true;
            }
            if (any) {
                sized.statement().executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement statement, int row, Given given) throws SQLException {
        int column = row * 7;
        Author author = given.draft().author();
        statement.setString(++column, given.draft().channel().value());
        statement.setLong(++column, given.id());
        statement.setLong(++column, given.timestamp());
        statement.setString(++column, author.name().value());
        statement.setString(++column, author.name().key());
        if (author.account() == Author.GUEST) {
            statement.setNull(++column, Types.BIGINT);
        } else {
            statement.setLong(++column, author.account());
        }
        statement.setString(++column, given.draft().text());
    }
}
