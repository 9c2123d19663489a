package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @Test
    void bringsTheFirstVersionOnSqliteToThisOne(@TempDir Path directory) {
        bringsTheFirstVersionToThisOne(new DatabaseAddress("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
    }

    @Test
    void bringsTheFirstVersionOnPostgresqlToThisOne() {
        bringsTheFirstVersionToThisOne(PostgresServer.freshDatabase());
    }

    private static void bringsTheFirstVersionToThisOne(DatabaseAddress address) {
        try (HikariDataSource source =
                new Pools(address, address.isPostgresql() ? null : SqlitePath.prepare(address)).shared()) {
            Schema.migrations(source, address.isPostgresql()).target("1").load().migrate();
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
            assertEquals(7, number(database, "SELECT last_message_id FROM channel"), "what was in it is still there");
            assertEquals(0, number(database, "SELECT last_change FROM moderation"));
            assertEquals(1, number(database, "SELECT count(*) FROM flyway_schema_history WHERE version = '3'"));
        }
        Database.open(address).close();
    }

    private static long number(Database database, String query) {
        return database.call(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
