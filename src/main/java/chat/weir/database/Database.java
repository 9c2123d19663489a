package chat.weir.database;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open database with a current schema.
 *
 * <p>Threading: safe. Every method may block; do not call one on a network thread.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final long LOG_INTERVAL_NANOS = 1_000_000_000;

    private final HikariDataSource shared;
    private final HikariDataSource reserved;
    private final boolean isPostgresql;
    private final Jdbi jdbi;
    private final Jdbi reservedJdbi;
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

    /** Null unless the database is a SQLite file. */
    private final @Nullable DatabaseFile file;

    private final @Nullable Connection idleConnection;

    private Database(DataSources dataSources, @Nullable Path path, boolean isPostgresql) {
        this.isPostgresql = isPostgresql;
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            shared = opened(opened, dataSources.shared());
            SchemaMigration.update(shared, isPostgresql);
            reserved = opened(opened, dataSources.reserved());
            jdbi = Jdbi.create(shared);
            reservedJdbi = Jdbi.create(reserved);
            idleConnection = path == null ? null : opened(opened, dataSources.idleConnection());
            file = path == null ? null : DatabaseFile.watch(path, applicationId());
            checkEncoding();
        } catch (RuntimeException | Error e) {
            opened.forEach(each -> close(each, e));
            throw e;
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> all, T one) {
        all.push(one);
        return one;
    }

    private static void close(AutoCloseable opened, Throwable reason) {
        try {
            opened.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Connects, and migrates the schema to the current version.
     *
     * @throws DatabaseStartException if that fails, or the schema is newer than this program
     */
    public static Database open(DatabaseUrl address) {
        return open(address, null);
    }

    /**
     * As {@link #open(DatabaseUrl)}, and registers the metrics of the connection pools.
     *
     * @param metrics null: register no metrics
     */
    public static Database open(DatabaseUrl address, @Nullable MeterRegistry metrics) {
        Path path = address.isNone() || address.isPostgresql() ? null : SqlitePath.prepare(address);
        DataSources dataSources = new DataSources(address, path, metrics);
        dataSources.checkConnection();
        try {
            return new Database(dataSources, path, address.isPostgresql());
        } catch (JdbiException e) {
            throw new DatabaseStartException(FailureReason.of(e, address.isPostgresql()), e);
        }
    }

    /** A random id for each database. It detects that another database was copied over the file. */
    private int applicationId() {
        return jdbi.withHandle(handle -> {
            int id = handle.createQuery("PRAGMA application_id")
                    .mapTo(Integer.class)
                    .one();
            if (id == 0) {
                id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
                handle.execute("PRAGMA application_id = " + id);
            }
            // Write the id into the database file, where the header is compared.
            handle.createQuery("PRAGMA wal_checkpoint(PASSIVE)").mapToMap().list();
            return id;
        });
    }

    /** Any other encoding cannot store all of Unicode: some messages would fail. */
    private void checkEncoding() {
        if (isPostgresql) {
            String encoding = jdbi.withHandle(handle -> handle.createQuery("SHOW server_encoding")
                    .mapTo(String.class)
                    .one());
            if (!encoding.equals("UTF8")) {
                throw new DatabaseStartException("the database's encoding is " + encoding + "; it must be UTF8");
            }
        }
    }

    public boolean isPostgresql() {
        return isPostgresql;
    }

    /**
     * Runs a callback with a connection of the shared pool. Each statement is its own transaction.
     *
     * @throws ChatException 503 if the database fails
     */
    public <T> T call(HandleCallback<T, RuntimeException> work) {
        return checked(() -> jdbi.withHandle(work));
    }

    /**
     * Runs a callback in one transaction.
     *
     * @throws ChatException 503 if the database fails; the transaction is rolled back
     */
    public <T> T transaction(HandleCallback<T, RuntimeException> work) {
        return checked(() -> jdbi.inTransaction(work));
    }

    /** A result is valid only if the files are still those that a restart would open. */
    private <T> T checked(Supplier<T> work) {
        try {
            checkKnownProblem();
            T result = work.get();
            check();
            logRecovery();
            return result;
        } catch (JdbiException e) {
            throw unavailable(e, e.getCause());
        } catch (SQLException e) {
            throw unavailable(e, e);
        }
    }

    /** The connection that is reserved for the message log. Throws Jdbi's exceptions. */
    public Jdbi reserved() {
        return reservedJdbi;
    }

    /**
     * Checks that committed data is in the files that a restart would open.
     *
     * @throws SQLException if the database's files were deleted, moved, replaced or overwritten
     */
    public void check() throws SQLException {
        if (file != null) {
            file.check();
        }
    }

    /** Like {@link #check}, but only if an earlier check failed: free in the normal case. */
    public void checkKnownProblem() throws SQLException {
        if (file != null && file.hasProblem()) {
            file.check();
        }
    }

    /** A short reason for operators and clients, without SQL. */
    public String reasonOf(Throwable failure) {
        if (file != null && FailureReason.isCorruption(failure)) {
            file.markDamaged();
        }
        return FailureReason.of(failure, isPostgresql);
    }

    /** Why the database is unusable now; empty if it answers. */
    public Optional<String> problem() {
        try {
            check();
            Integer unused = jdbi.withHandle(handle ->
                    handle.createQuery("SELECT 1").mapTo(Integer.class).one());
            return Optional.empty();
        } catch (SQLException | JdbiException e) {
            return Optional.of(reasonOf(e));
        }
    }

    private void logRecovery() {
        if (isFailing.get() && isFailing.compareAndSet(true, false)) {
            log.info("the database answers again");
        }
    }

    /**
     * Logs the first failure only: during an outage the database is queried every few seconds and fails the same way.
     */
    private ChatException unavailable(Exception e, @Nullable Throwable cause) {
        String reason = reasonOf(e);
        long now = System.nanoTime();
        long last = loggedNanos.get();
        if (now - last >= LOG_INTERVAL_NANOS && loggedNanos.compareAndSet(last, now) && !isFailing.getAndSet(true)) {
            // Log the cause instead of Jdbi's exception, which contains the statement's arguments, such as password
            // hashes.
            log.error("the database failed: {}", reason, cause);
        }
        return new ChatException(ErrorReason.UNAVAILABLE, "the database is unavailable: try again later");
    }

    @Override
    public void close() {
        reserved.close();
        shared.close();
        try {
            if (idleConnection != null) {
                idleConnection.close();
            }
        } catch (SQLException e) {
            log.warn("the database could not be closed: {}", reasonOf(e));
        }
        if (file != null) {
            file.close();
        }
    }
}
