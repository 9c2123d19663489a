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
 * How connections to each engine are made and kept.
 *
 * <p>SQLite syncs its log to the disk at every commit ({@code synchronous=FULL}), so what was committed survives a power
 * cut. {@code NORMAL} would leave that sync out and lose, in a power cut, the last commits; a commit here is shared by
 * all messages that wait, so it would gain little (see benchmarks.md).
 */
final class DataSources {
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 12;
    private static final int PAGE_BYTES = 4_096;
    /** Of accounts and logins, where there is no file to keep them in. */
    private static final int MAX_BYTES_IN_MEMORY = 64 << 20;

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);
    private static final Duration VALIDATION = Duration.ofMillis(500);

    private final DatabaseUrl address;
    private final String nameInMemory = "/weir-" + UUID.randomUUID();

    /** Null where there is none. */
    private final @Nullable Path file;

    private final @Nullable MeterRegistry metrics;

    DataSources(DatabaseUrl address, @Nullable Path file, @Nullable MeterRegistry metrics) {
        this.metrics = metrics;
        this.address = address;
        this.file = file;
    }

    /**
     * Makes one connection outside any pool, which tells why it cannot be made; a pool only tells that it waited, and
     * logs a stack trace.
     *
     * @throws DatabaseStartException if no connection can be made
     */
    void tryToConnect() {
        try (Connection connection = address.isPostgresql() ? postgresql() : sqlite().getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
        } catch (SQLException e) {
            if (e.getCause() instanceof NativeLibraryNotFoundException) {
                throw noLibrary(e);
            }
            throw new DatabaseStartException(address.isPostgresql() ? ConnectFailure.of(e) : ofSqlite(e), e);
        } catch (LinkageError e) {
            throw noLibrary(e);
        }
    }

    private static DatabaseStartException noLibrary(Throwable failure) {
        return new DatabaseStartException(
                "SQLite's library cannot be loaded: it is unpacked to the directory "
                        + System.getProperty("java.io.tmpdir")
                        + ", which has to exist, have 2 MB free and allow programs to"
                        + " run; choose another one with -Djava.io.tmpdir",
                failure);
    }

    private static String ofSqlite(SQLException e) {
        return FailureReason.isDamage(e)
                ? "the file is not a SQLite database, or it is damaged: choose another one"
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
        // A server that has vanished from the network answers nothing at all, not even with an error.
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    /** @throws DatabaseStartException if no connection can be made */
    HikariDataSource shared() {
        return open("weir", address.isPostgresql() ? POSTGRESQL_CONNECTIONS : SQLITE_CONNECTIONS);
    }

    /** A single connection that nobody else's queries can keep busy. */
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
            // A file does not go stale, and a database in memory ends with its last connection.
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

    /** Keeps the write-ahead log in place: SQLite deletes it with the last connection. */
    Connection keeper() {
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
        // Else two transactions that read first and then write could not both go on.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        if (address.isNone()) {
            config.setMaxPageCount(MAX_BYTES_IN_MEMORY / PAGE_BYTES);
        } else {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            // The file is there already. One that is deleted later must not be made anew.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(DatabaseUrl.SQLITE + (file == null ? "file:" + nameInMemory + "?vfs=memdb" : file));
        return source;
    }
}
