package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The queries in the document on operations: on a database of the server, each has the result that it shows. */
class DatabaseExamplesTest {
    private static final String PASSWORD = "correct horse";

    /** A day after the messages are sent. */
    private static final String NOW = "2026-01-02 12:00:00+00:00";

    private final DocumentedValues values = new DocumentedValues();

    @Test
    void sqlite3ShowsTheDocumentedRows(@TempDir Path directory) throws SQLException {
        check("$ sqlite3 ", new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""), 7);
    }

    @Test
    void psqlShowsTheDocumentedRows() throws SQLException {
        check("$ PGOPTIONS", PostgresServer.freshDatabase(), 3);
    }

    private void check(String command, DatabaseUrl database, int queries) throws SQLException {
        talk(database);
        List<SqlExample> examples = Document.named("operations.md").blocks().stream()
                .filter(block -> block.startsWith(command))
                .flatMap(block -> SqlExample.parse(block).stream())
                .toList();
        assertEquals(queries, examples.size());
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            for (SqlExample example : examples) {
                compare(example, rows(connection, values.actual(example.sql())));
            }
        }
    }

    /** What alice and bob do in the document. */
    private static void talk(DatabaseUrl database) {
        try (TestServer server = TestServer.with(
                "DATABASE_URL", database.url(),
                "DATABASE_USER", database.user(),
                "DATABASE_PASSWORD", database.password())) {
            server.time().stepClock(Duration.ofHours(12));
            TestApi.Answer registered = new TestApi(server.port()).register("alice", PASSWORD);
            assertEquals(201, registered.status(), registered::toString);
            TestClient bob = server.connectAs("bob", "/fishing");
            TestClient alice = server.connect("/fishing?heartbeat=pong");
            ask(alice, "'type':'auth','username':'alice','password':'" + PASSWORD + "'");
            long first = say(alice, "'text':'anything biting?'");
            long pike = say(bob, "'text':'a pike, tihs long'");
            ask(bob, "'type':'edit','id':" + pike + ",'text':'a pike, this long'");
            ask(alice, "'type':'react','id':" + pike + ",'emoji':'\uD83D\uDC4D'");
            say(alice, "'text':'where?','replyTo':" + pike);
            ask(alice, "'type':'delete','id':" + first);
            ask(alice, "'type':'read','id':" + pike);
            say(bob, "'text':'by the old mill'");
        }
    }

    private static long say(TestClient client, String fields) {
        return ask(client, "'type':'message'," + fields).get("id").asLong();
    }

    private static JsonNode ask(TestClient client, String fields) {
        JsonNode reply = client.ask(fields);
        assertNotEquals("error", reply.get("type").asString(), reply::toString);
        return reply;
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        String atNow = sql.replace("'now'", "'" + NOW + "'").replace("now()", "timestamptz '" + NOW + "'");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(atNow)) {
            int columns = rows.getMetaData().getColumnCount();
            List<List<String>> all = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                labels.add(rows.getMetaData().getColumnLabel(i));
            }
            all.add(labels);
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    row.add(value == null ? "" : value);
                }
                all.add(row);
            }
            return all;
        }
    }

    private void compare(SqlExample example, List<List<String>> rows) {
        assertEquals(comparable(example.rows()), comparable(rows), example.sql());
        Iterator<List<String>> found = rows.iterator();
        for (List<String> documented : example.rows()) {
            Iterator<String> cell = found.next().iterator();
            for (String one : documented) {
                learn(one, cell.next());
            }
        }
    }

    private void learn(String documented, String found) {
        if (documented.matches("\\d{16}")) {
            values.put(documented, found);
        }
    }

    /** Without ids and times. */
    private static String comparable(List<List<String>> rows) {
        return rows.toString()
                .replaceAll("\\b\\d{16}\\b", "ID")
                .replaceAll("\\b\\d{10}\\b", "SECONDS")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d([+-]\\d\\d)?", "TIME");
    }
}
