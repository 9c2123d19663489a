package chat.weir.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * How connections to each engine are made and kept.
 *
 * <p>SQLite syncs its log to the disk at every commit ({@code synchronous=FULL}), so what was committed survives a power
 * cut. {@code NORMAL} would leave that sync out and lose, in a power cut, the last commits; a commit here is shared by
 * all messages that wait, so it would gain little (see the README's figures).
 */
final class Pools {
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 12;
    private static final int PAGE_BYTES = 4_096;
    /** Of accounts and logins, where there is no file to keep them in. */
    private static final int MAX_BYTES_IN_MEMORY = 64 << 20;

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);
    private static final Duration VALIDATION = Duration.ofMillis(500);

    private final DatabaseAddress address;
    private final String nameInMemory = "/weir-" + UUID.randomUUID();

    Pools(DatabaseAddress address) {
        this.address = address;
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
        config.addDataSourceProperty("ApplicationName", "weir");
        config.addDataSourceProperty("connectTimeout", "2");
        // A server that has vanished from the network answers nothing at all, not even with an error.
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
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
            makeDirectory();
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(
                address.isNone() ? DatabaseAddress.SQLITE + "file:" + nameInMemory + "?vfs=memdb" : address.url());
        return source;
    }

    /** SQLite makes the file but not the directory it is in. */
    private void makeDirectory() {
        String file = address.url()
                .substring(DatabaseAddress.SQLITE.length())
                .replaceFirst("^file:(//)?", "")
                .replaceFirst("\\?.*", "");
        Path directory = Path.of(file).toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new DatabaseStartException("the directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }
}
