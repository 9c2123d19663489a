package chat.weir.database;

import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrates the schema to the current version. */
final class SchemaMigration {
    private static final String MIGRATIONS = "classpath:chat/weir/database/migration";

    /** Syntax that differs between the engines: tables clustered by primary key, and byte-wise text comparison. */
    private static final Map<String, String> IN_SQLITE = Map.of("clustered", "WITHOUT ROWID", "bytewise", "");

    private static final Map<String, String> IN_POSTGRESQL = Map.of("clustered", "", "bytewise", "COLLATE \"C\"");

    private SchemaMigration() {}

    /** @throws DatabaseStartException if the schema is newer than this program, or the migration fails */
    static void update(DataSource source, boolean isPostgresql) {
        try {
            Flyway flyway = migrations(source, isPostgresql).load();
            Arrays.stream(flyway.info().applied())
                    .filter(migration -> migration.getState().name().startsWith("FUTURE"))
                    .findFirst()
                    .ifPresent(SchemaMigration::rejectNewer);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseStartException(String.valueOf(e.getMessage()), e);
        }
    }

    static FluentConfiguration migrations(DataSource source, boolean isPostgresql) {
        return Flyway.configure()
                .dataSource(source)
                .locations(MIGRATIONS)
                .placeholders(isPostgresql ? IN_POSTGRESQL : IN_SQLITE);
    }

    private static void rejectNewer(MigrationInfo newer) {
        throw new DatabaseStartException("the schema of the database has version " + newer.getVersion()
                + ", which is newer than this server: start a newer server");
    }
}
