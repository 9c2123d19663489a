package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationTest {

    @Test
    void migratesTheFirstVersionOnSqlite(@TempDir Path directory) {
        migratesTheFirstVersion(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
    }

    @Test
    void migratesTheFirstVersionOnPostgresql() {
        migratesTheFirstVersion(PostgresServer.freshDatabase());
    }

    private static void migratesTheFirstVersion(DatabaseUrl address) {
        try (HikariDataSource source =
                new DataSources(address, address.isPostgresql() ? null : SqlitePath.prepare(address), null).shared()) {
            SchemaMigration.migrations(source, address.isPostgresql())
                    .target("1")
                    .load()
                    .migrate();
            Jdbi jdbi = Jdbi.create(source);
            jdbi.useHandle(handle -> handle.execute("INSERT INTO channel VALUES ('fishing', 7)"));
            assertEquals(
                    List.of("1"),
                    jdbi.withHandle(handle -> handle.createQuery(
                                    "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL")
                            .mapTo(String.class)
                            .list()));
        }
        try (Database database = Database.open(address)) {
            assertEquals(7, number(database, "SELECT last_message_id FROM channel"), "the existing data is kept");
            assertEquals(0, number(database, "SELECT last_change FROM moderation"));
            assertEquals(1, number(database, "SELECT count(*) FROM flyway_schema_history WHERE version = '3'"));
        }
        Database.open(address).close();
    }

    @Test
    void migratesBansAndAuditEntriesFromSecondsOnSqlite(@TempDir Path directory) {
        migratesBansAndAuditEntriesFromSeconds(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
    }

    @Test
    void migratesBansAndAuditEntriesFromSecondsOnPostgresql() {
        migratesBansAndAuditEntriesFromSeconds(PostgresServer.freshDatabase());
    }

    private static void migratesBansAndAuditEntriesFromSeconds(DatabaseUrl address) {
        try (HikariDataSource source =
                new DataSources(address, address.isPostgresql() ? null : SqlitePath.prepare(address), null).shared()) {
            SchemaMigration.migrations(source, address.isPostgresql())
                    .target("3")
                    .load()
                    .migrate();
            Jdbi.create(source).useHandle(handle -> {
                handle.execute("INSERT INTO sanction VALUES ('ban', 'fishing', 'bob', NULL, 'bob', 'bob', NULL, '', '',"
                        + " 'root', 1700000000, 1700000600, 1)");
                handle.execute("INSERT INTO sanction VALUES ('ban', 'fishing', 'eve', NULL, 'eve', 'eve', NULL, '', '',"
                        + " 'root', 1700000000, NULL, 2)");
                handle.execute(
                        "INSERT INTO audit VALUES (1, 1700000000, 'root', 1, 'ban', 'fishing', NULL, 'bob', 'bob',"
                                + " NULL, '', 600, '')");
            });
        }
        try (Database database = Database.open(address)) {
            assertEquals(1_700_000_000_000L, number(database, "SELECT min(given_at) FROM sanction"));
            assertEquals(1_700_000_600_000L, number(database, "SELECT max(ends_at) FROM sanction"));
            assertEquals(1, number(database, "SELECT count(*) FROM sanction WHERE ends_at IS NULL"));
            assertEquals(1_700_000_000_000L, number(database, "SELECT happened_at FROM audit"));
            assertEquals(600_000, number(database, "SELECT duration FROM audit"));
        }
    }

    @Test
    void keepsOldMessagesOnSqlite(@TempDir Path directory) {
        keepsOldMessages(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
    }

    @Test
    void keepsOldMessagesOnPostgresql() {
        keepsOldMessages(PostgresServer.freshDatabase());
    }

    private static void keepsOldMessages(DatabaseUrl address) {
        try (HikariDataSource source =
                new DataSources(address, address.isPostgresql() ? null : SqlitePath.prepare(address), null).shared()) {
            SchemaMigration.migrations(source, address.isPostgresql())
                    .target("5")
                    .load()
                    .migrate();
            Jdbi.create(source).useHandle(handle -> {
                handle.execute("INSERT INTO channel VALUES ('fishing', 8)");
                handle.execute("INSERT INTO message VALUES ('fishing', 7, 1700000000, 'bob', NULL, 'old')");
                handle.execute("INSERT INTO message VALUES ('fishing', 8, 1700000001, 'eve', 5, 'older')");
            });
        }
        try (Database database = Database.open(address)) {
            assertEquals(
                    2,
                    number(
                            database,
                            "SELECT count(*) FROM message WHERE reply_to IS NULL AND edited_at IS NULL"
                                    + " AND reactions IS NULL AND ref IS NULL AND ref_hash IS NULL"));
            assertEquals(8, number(database, "SELECT last_message_id FROM channel WHERE changes_removed_to = 0"));
            assertEquals(0, number(database, "SELECT count(*) FROM message_change"));
        }
    }

    private static long number(Database database, String query) {
        return database.call(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
