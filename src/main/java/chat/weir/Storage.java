package chat.weir;

import chat.weir.account.Accounts;
import chat.weir.account.HashCost;
import chat.weir.account.OpenLogins;
import chat.weir.account.Passwords;
import chat.weir.account.Sessions;
import chat.weir.channel.Turns;
import chat.weir.connection.Logins;
import chat.weir.database.Database;
import chat.weir.database.DatabaseAddress;
import chat.weir.database.DatabaseLock;
import chat.weir.database.DatabaseStartException;
import chat.weir.history.MemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.history.Outcomes;
import chat.weir.history.SplitMessageLog;
import chat.weir.history.SqlMessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.Blocks;
import chat.weir.protocol.ErrorReply;
import chat.weir.settings.Settings;
import chat.weir.supervision.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is kept: the database, what was said, and who has an account.
 *
 * <p>Threading: safe.
 */
final class Storage implements AutoCloseable {
    private final DatabaseLock lock;
    private final Database database;
    private final SplitMessageLog log;
    private final Passwords passwords;
    private final Logins logins;
    private final Blocks blocks;
    private final List<Progress> progress;

    private Storage(Settings settings, Time time, Turns turns, Metrics metrics, OpenedResources opened) {
        Settings.Storage where = settings.storage();
        DatabaseAddress address = new DatabaseAddress(where.url(), where.user(), where.password());
        try {
            lock = opened.add(DatabaseLock.acquire(address));
            database = opened.add(Database.open(address, metrics.registry()));
        } catch (DatabaseStartException e) {
            throw new CannotStartException("cannot use the database " + address + ": " + e.getMessage(), e);
        }
        OpenLogins open = new OpenLogins();
        passwords = opened.add(new Passwords(HashCost.OWASP));
        Accounts accounts = new Accounts(database, passwords, open, time.clock(), time.nanoTime());
        Sessions sessions =
                new Sessions(database, open, time.clock(), settings.accounts().tokenTtl());
        logins = new Logins(accounts, sessions, open);
        blocks = new Blocks(database);
        try {
            makeAdmin(settings.accounts());
        } catch (ErrorReply e) {
            throw new CannotStartException("cannot make the admin of ADMIN_USERNAME: " + e.text(), e);
        }
        MessageLog lasting;
        if (address.isNone()) {
            lasting = opened.add(new MemoryMessageLog(time.clock(), Memory.keptMessages()));
            progress = List.of();
        } else {
            SqlMessageLog inDatabase = opened.add(new SqlMessageLog(
                    database,
                    time.clock(),
                    time.nanoTime(),
                    Memory.waitingMessages(),
                    new Outcomes(turns::together, metrics)));
            lasting = inDatabase;
            progress = List.of(inDatabase.progress());
        }
        log = new SplitMessageLog(lasting, new MemoryMessageLog(time.clock(), Memory.passingMessages()));
    }

    /** @throws CannotStartException if the database cannot be used, or the admin cannot be made */
    static Storage open(Settings settings, Time time, Turns turns, Metrics metrics) {
        OpenedResources opened = new OpenedResources();
        try {
            return new Storage(settings, time, turns, metrics, opened);
        } catch (RuntimeException | Error e) {
            opened.closeAll(e);
            throw e;
        }
    }

    private void makeAdmin(Settings.Accounts settings) {
        if (!settings.adminUsername().isEmpty()) {
            logins.accounts().ensureAdmin(settings.adminUsername(), settings.adminPassword());
        }
    }

    SplitMessageLog log() {
        return log;
    }

    Logins logins() {
        return logins;
    }

    Database database() {
        return database;
    }

    Blocks blocks() {
        return blocks;
    }

    /** The parts that ought to make progress, for the watchdog. */
    List<Progress> progress() {
        return progress;
    }

    /** Why messages cannot be stored, or the database not be used, now; nothing if they can. Waits for the database. */
    Optional<String> problem() {
        return log.problem()
                .map(reason -> "messages cannot be stored now: " + reason)
                .or(database::problem);
    }

    /** Stores what waits, if that has not been done, and lets go of the database. */
    @Override
    public void close() {
        log.close();
        passwords.close();
        database.close();
        lock.close();
    }
}
