package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path directory;

    private DatabaseUrl file() {
        return new DatabaseUrl("jdbc:sqlite:" + directory.resolve("deep/down/weir.db"), "", "");
    }

    private static int count(Database database, String table) {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void createsItsDirectoryFileAndTables() {
        try (Database database = Database.open(file())) {
            assertEquals(0, count(database, "message"));
            assertTrue(Files.exists(directory.resolve("deep/down/weir.db")));
        }
    }

    @Test
    void syncsEveryCommit() {
        try (Database database = Database.open(file())) {
            List<String> pragmas = database.reserved()
                    .withHandle(handle -> List.of(
                            handle.createQuery("PRAGMA journal_mode")
                                    .mapTo(String.class)
                                    .one(),
                            handle.createQuery("PRAGMA synchronous")
                                    .mapTo(String.class)
                                    .one()));
            assertEquals(List.of("wal", "2"), pragmas);
        }
    }

    @Test
    void keepsCommittedData() {
        try (Database database = Database.open(file())) {
            database.transaction(
                    handle -> handle.execute("INSERT INTO channel (id, last_message_id) VALUES ('fishing', 7)"));
        }
        try (Database database = Database.open(file())) {
            assertEquals(1, count(database, "channel"));
        }
    }

    @Test
    void rollsBackAFailedTransaction() {
        try (Database database = Database.open(file())) {
            assertThrows(
                    ChatException.class,
                    () -> database.transaction(handle -> {
                        handle.execute("INSERT INTO channel (id, last_message_id) VALUES ('fishing', 7)");
                        return handle.execute("INSERT INTO nowhere VALUES (1)");
                    }));
            assertEquals(0, count(database, "channel"));
        }
    }

    @Test
    void sharesAnInMemoryDatabaseWithinOneServer() {
        try (Database one = Database.open(DatabaseUrl.NONE);
                Database other = Database.open(DatabaseUrl.NONE)) {
            one.reserved()
                    .useHandle(handle ->
                            handle.execute("INSERT INTO channel (id, last_message_id) VALUES ('fishing', 7)"));
            assertEquals(1, count(one, "channel"));
            assertEquals(0, count(other, "channel"));
        }
    }

    @Test
    void refusesANewerDatabaseWithOneLine() {
        try (Database database = Database.open(file())) {
            database.call(
                    handle -> handle.execute(
                            "INSERT INTO flyway_schema_history VALUES"
                                    + " (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 0, 'x', '2030-01-01 00:00:00.000', 1, 1)"));
        }
        DatabaseStartException e = assertThrows(DatabaseStartException.class, () -> Database.open(file()));
        assertEquals(
                "the schema of the database has version 99, which is newer than this server: start a newer server",
                e.getMessage());
    }

    @Test
    void refusesAFileThatIsNotADatabaseWithOneLine() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "this is no database, but a text ".repeat(100));
        DatabaseStartException e = assertThrows(
                DatabaseStartException.class, () -> Database.open(new DatabaseUrl("jdbc:sqlite:" + text, "", "")));
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }
}
