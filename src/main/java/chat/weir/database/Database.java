package chat.weir.database;

import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
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

    private Database(HikariDataSource shared, HikariDataSource reserved, boolean isPostgresql) {
        this.shared = shared;
        this.reserved = reserved;
        this.isPostgresql = isPostgresql;
        this.jdbi = Jdbi.create(shared);
        this.reservedJdbi = Jdbi.create(reserved);
    }

    /**
     * Connects, and brings the schema up to date.
     *
     * @throws DatabaseStartException if that cannot be done, or the schema is newer than this program
     */
    public static Database open(DatabaseAddress address) {
        Pools pools = new Pools(address);
        HikariDataSource shared = pools.shared();
        HikariDataSource reserved = null;
        try {
            Schema.update(shared, address.isPostgresql());
            reserved = pools.reserved();
            Database database = new Database(shared, reserved, address.isPostgresql());
            database.checkEncoding();
            return database;
        } catch (RuntimeException e) {
            if (reserved != null) {
                reserved.close();
            }
            shared.close();
            throw e;
        }
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
     * @throws ErrorReply 503 if the database does not do it
     */
    public <T> T call(HandleCallback<T, RuntimeException> work) {
        try {
            T result = jdbi.withHandle(work);
            answered();
            return result;
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    /**
     * Does something in one transaction.
     *
     * @throws ErrorReply 503 if the database does not do it; then nothing of it has been done
     */
    public <T> T transaction(HandleCallback<T, RuntimeException> work) {
        try {
            T result = jdbi.inTransaction(work);
            answered();
            return result;
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    /** By the one connection that is kept for the message log. Throws what Jdbi throws. */
    public Jdbi reserved() {
        return reservedJdbi;
    }

    private void answered() {
        if (isFailing.get() && isFailing.compareAndSet(true, false)) {
            log.info("the database answers again");
        }
    }

    /** Tells the log once: while the database is away it is asked every few seconds, and what it says stays the same. */
    private ErrorReply unavailable(JdbiException e) {
        long now = System.nanoTime();
        long last = loggedNanos.get();
        if (now - last >= QUIET_NANOS && loggedNanos.compareAndSet(last, now) && !isFailing.getAndSet(true)) {
            // Not the exception itself: it quotes the statement's arguments, the hashes of passwords among them.
            log.error("the database failed", e.getCause());
        }
        return new ErrorReply(ErrorReason.UNAVAILABLE, "the database cannot be reached now: try again");
    }

    @Override
    public void close() {
        reserved.close();
        shared.close();
    }
}
