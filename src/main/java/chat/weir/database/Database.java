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
 * An open database with its schema brought up to date.
 *
 * <p>Threading: safe. Every call waits; none belongs on a network thread.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final long QUIET_NANOS = 1_000_000_000;

    private final HikariDataSource shared;
    private final HikariDataSource reserved;
    private final boolean isPostgresql;
    private final Jdbi jdbi;
    private final Jdbi reservedJdbi;
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    /** Null but for a SQLite database in a file. */
    private final @Nullable DatabaseFile file;

    private final @Nullable Connection keeper;

    private Database(DataSources dataSources, @Nullable Path path, boolean isPostgresql) {
        this.isPostgresql = isPostgresql;
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            shared = opened(opened, dataSources.shared());
            SchemaMigration.update(shared, isPostgresql);
            reserved = opened(opened, dataSources.reserved());
            jdbi = Jdbi.create(shared);
            reservedJdbi = Jdbi.create(reserved);
            keeper = path == null ? null : opened(opened, dataSources.keeper());
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
     * Connects, and brings the schema up to date.
     *
     * @throws DatabaseStartException if that cannot be done, or the schema is newer than this program
     */
    public static Database open(DatabaseUrl address) {
        return open(address, null);
    }

    /**
     * As {@link #open(DatabaseUrl)}, and reports the pools' state.
     *
     * @param metrics null: nowhere
     */
    public static Database open(DatabaseUrl address, @Nullable MeterRegistry metrics) {
        Path path = address.isNone() || address.isPostgresql() ? null : SqlitePath.prepare(address);
        DataSources dataSources = new DataSources(address, path, metrics);
        dataSources.tryToConnect();
        try {
            return new Database(dataSources, path, address.isPostgresql());
        } catch (JdbiException e) {
            throw new DatabaseStartException(FailureReason.of(e, address.isPostgresql()), e);
        }
    }

    /** Random for each database, so that another one that is copied over it is told from it. */
    private int applicationId() {
        return jdbi.withHandle(handle -> {
            int id = handle.createQuery("PRAGMA application_id")
                    .mapTo(Integer.class)
                    .one();
            if (id == 0) {
                id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
                handle.execute("PRAGMA application_id = " + id);
            }
            // Into the database file, where the header is compared.
            handle.createQuery("PRAGMA wal_checkpoint(PASSIVE)").mapToMap().list();
            return id;
        });
    }

    /** Another encoding could not hold what people write, and would fail on some of their messages only. */
    private void checkEncoding() {
        if (isPostgresql) {
            String encoding = jdbi.withHandle(handle -> handle.createQuery("SHOW server_encoding")
                    .mapTo(String.class)
                    .one());
            if (!encoding.equals("UTF8")) {
                throw new DatabaseStartException("the database's encoding is " + encoding + "; it has to be UTF8");
            }
        }
    }

    public boolean isPostgresql() {
        return isPostgresql;
    }

    /**
     * Does something with a connection of its own, each statement a transaction.
     *
     * @throws ChatException 503 if the database does not do it
     */
    public <T> T call(HandleCallback<T, RuntimeException> work) {
        return checked(() -> jdbi.withHandle(work));
    }

    /**
     * Does something in one transaction.
     *
     * @throws ChatException 503 if the database does not do it; then nothing of it has been done
     */
    public <T> T transaction(HandleCallback<T, RuntimeException> work) {
        return checked(() -> jdbi.inTransaction(work));
    }

    /** The result counts only if the files are still those that a restart would find. */
    private <T> T checked(Supplier<T> work) {
        try {
            checkKnownProblem();
            T result = work.get();
            check();
            answered();
            return result;
        } catch (JdbiException e) {
            throw unavailable(e, e.getCause());
        } catch (SQLException e) {
            throw unavailable(e, e);
        }
    }

    /** By the one connection that is kept for the message log. Throws what Jdbi throws. */
    public Jdbi reserved() {
        return reservedJdbi;
    }

    /**
     * Makes sure that what was committed is where a restart would find it.
     *
     * @throws SQLException if the database's files were deleted, moved, replaced or overwritten
     */
    public void check() throws SQLException {
        if (file != null) {
            file.check();
        }
    }

    /** As {@link #check}, and costs nothing as long as no check has failed. */
    public void checkKnownProblem() throws SQLException {
        if (file != null && file.hasProblem()) {
            file.check();
        }
    }

    /** Why something failed, in a few words for operators and clients. */
    public String reasonOf(Throwable failure) {
        if (file != null && FailureReason.isDamage(failure)) {
            file.damaged();
        }
        return FailureReason.of(failure, isPostgresql);
    }

    /** Why the database cannot be used now; nothing if it answers. */
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

    private void answered() {
        if (isFailing.get() && isFailing.compareAndSet(true, false)) {
            log.info("the database answers again");
        }
    }

    /** Tells the log once: while the database is away it is asked every few seconds, and what it says stays the same. */
    private ChatException unavailable(Exception e, @Nullable Throwable cause) {
        String reason = reasonOf(e);
        long now = System.nanoTime();
        long last = loggedNanos.get();
        if (now - last >= QUIET_NANOS && loggedNanos.compareAndSet(last, now) && !isFailing.getAndSet(true)) {
            // Not Jdbi's exception itself: it quotes the statement's arguments, the hashes of passwords among them.
            log.error("the database failed: {}", reason, cause);
        }
        return new ChatException(ErrorReason.UNAVAILABLE, "the database cannot be reached now: try again");
    }

    @Override
    public void close() {
        reserved.close();
        shared.close();
        try {
            if (keeper != null) {
                keeper.close();
            }
        } catch (SQLException e) {
            log.warn("the database could not be closed: {}", reasonOf(e));
        }
        if (file != null) {
            file.close();
        }
    }
}
