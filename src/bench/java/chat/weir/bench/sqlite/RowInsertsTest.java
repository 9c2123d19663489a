package chat.weir.bench.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowInsertsTest {
    @TempDir
    Path directory;

    @Test
    void storesEveryRowOnce() throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("rows.db");
        Database.open(new DatabaseUrl(url, "", "")).close();
        try (Connection connection = DriverManager.getConnection(url)) {
            RowInserts inserts = new RowInserts(connection);
            RowSource source = new RowSource(40);
            inserts.create(source.channels());
            inserts.store(source.next(40 * 8));
            Map<String, Long> lastIds = inserts.store(source.next(5));
            inserts.store(source.next(1));
            assertEquals(326, count(connection, "SELECT count(*) FROM message"));
            assertEquals(8 * 39, count(connection, "SELECT count(*) FROM message WHERE channel <> 'bench-0'"));
            assertEquals(
                    0,
                    count(
                            connection,
                            "SELECT count(*) FROM channel WHERE last_message_id <>"
                                    + " (SELECT max(id) FROM message WHERE channel = channel.id)"));
            assertEquals(List.of("bench-0"), List.copyOf(lastIds.keySet()));
        }
    }

    @Test
    void measuresARun() throws SQLException {
        Duration period = Duration.ofMillis(50);
        InsertOptions options = new InsertOptions("NORMAL", 100, 80, period, period);
        assertEquals(options, InsertOptions.parse(options.words().toArray(String[]::new)));
        InsertLoad.Result result = InsertLoad.run(options, directory.resolve("run.db"));
        assertTrue(result.rowsPerSecond() > 0 && result.cpuMicrosPerRow() > 0, result::toString);
        assertEquals(result, InsertLoad.Result.parse(result.line()));
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.getLong(1);
        }
    }
}
