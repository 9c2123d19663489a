package chat.weir.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Creates connections and connection pools for each engine.
 *
 * <p>SQLite syncs its log at every commit ({@code synchronous=FULL}), so committed data survives a power failure.
 * {@code NORMAL} would skip that sync and could lose the last commits. It would gain little, because all waiting
 * messages share one commit (see benchmarks.md).
 */
final class DataSources {
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 12;
    private static final int PAGE_BYTES = 4_096;
    /** Limit for accounts and logins in an in-memory database. */
    private static final int MAX_MEMORY_BYTES = 64 << 20;

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);
    private static final Duration VALIDATION = Duration.ofMillis(500);

    private final DatabaseUrl address;
    private final String memoryName = "/weir-" + UUID.randomUUID();

    /** Null for PostgreSQL and for a database in memory. */
    private final @Nullable Path file;

    private final @Nullable MeterRegistry metrics;

    DataSources(DatabaseUrl address, @Nullable Path file, @Nullable MeterRegistry metrics) {
        this.metrics = metrics;
        this.address = address;
        this.file = file;
    }

    /**
     * Opens one connection without a pool, to report why connecting fails. A pool would only report a timeout, and log
     * a stack trace.
     *
     * @throws DatabaseStartException if no connection can be made
     */
    void checkConnection() {
        try (Connection connection = address.isPostgresql() ? postgresql() : sqlite().getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
        } catch (SQLException e) {
            if (e.getCause() instanceof NativeLibraryNotFoundException) {
                throw libraryNotLoaded(e);
            }
            throw new DatabaseStartException(address.isPostgresql() ? ConnectFailure.of(e) : ofSqlite(e), e);
        } catch (LinkageError e) {
            throw libraryNotLoaded(e);
        }
    }

    private static DatabaseStartException libraryNotLoaded(Throwable failure) {
        return new DatabaseStartException(
                "SQLite's native library cannot be loaded: it is unpacked to the directory "
                        + System.getProperty("java.io.tmpdir")
                        + ", which must exist, have 2 MB free and allow execution;"
                        + " choose another one with -Djava.io.tmpdir",
                failure);
    }

    private static String ofSqlite(SQLException e) {
        return FailureReason.isCorruption(e)
                ? "the file is not a SQLite database, or it is damaged: choose another file"
                : FailureReason.of(e, false);
    }

    private Connection postgresql() throws SQLException {
        Properties properties = postgresqlProperties();
        if (!address.user().isEmpty()) {
            properties.setProperty("user", address.user());
            properties.setProperty("password", address.password());
        }
        return DriverManager.getConnection(address.url(), properties);
    }

    private static Properties postgresqlProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "weir");
        properties.setProperty("connectTimeout", "2");
        // A server that is no longer reachable sends no error at all.
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    /** @throws DatabaseStartException if no connection can be made */
    HikariDataSource shared() {
        return open("weir", address.isPostgresql() ? POSTGRESQL_CONNECTIONS : SQLITE_CONNECTIONS);
    }

    /** A pool with one connection for the message log, so that other queries cannot delay it. */
    HikariDataSource reserved() {
        return open("weir-log", 1);
    }

    private HikariDataSource open(String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        if (metrics != null) {
            config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics));
        }
        if (address.isPostgresql()) {
            postgresql(config);
        } else {
            config.setDataSource(sqlite());
            // A file connection does not go stale, and an in-memory database ends with its last connection.
            config.setMaxLifetime(0);
            config.setIdleTimeout(0);
        }
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new DatabaseStartException(String.valueOf(cause.getMessage()), e);
        } catch (RuntimeException e) {
            throw new DatabaseStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void postgresql(HikariConfig config) {
        config.setJdbcUrl(address.url());
        if (!address.user().isEmpty()) {
            config.setUsername(address.user());
            config.setPassword(address.password());
        }
        config.setDataSourceProperties(postgresqlProperties());
    }

    /** An idle connection that stays open. SQLite deletes the write-ahead log when the last connection closes. */
    Connection idleConnection() {
        try {
            Connection connection = sqlite().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT count(*) FROM sqlite_schema");
            }
            return connection;
        } catch (SQLException e) {
            throw new DatabaseStartException(ofSqlite(e), e);
        }
    }

    private SQLiteDataSource sqlite() {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) BUSY.toMillis());
        config.enforceForeignKeys(true);
        // Otherwise, of two transactions that read first and then write, one would fail.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        if (address.isNone()) {
            config.setMaxPageCount(MAX_MEMORY_BYTES / PAGE_BYTES);
        } else {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            // The file exists. If it is deleted later, SQLite must not create it again.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(DatabaseUrl.SQLITE + (file == null ? "file:" + memoryName + "?vfs=memdb" : file));
        return source;
    }
}
