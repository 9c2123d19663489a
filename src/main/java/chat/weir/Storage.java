package chat.weir;

import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.HashCost;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.account.PasswordHasher;
import chat.weir.account.ReadPositions;
import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.command.LoginServices;
import chat.weir.command.ReadNotifier;
import chat.weir.connection.Connection;
import chat.weir.database.Database;
import chat.weir.database.DatabaseLock;
import chat.weir.database.DatabaseStartException;
import chat.weir.database.DatabaseUrl;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.history.RoutingMessageLog;
import chat.weir.history.sql.ChangeRetention;
import chat.weir.history.sql.DraftCallbacks;
import chat.weir.history.sql.SqlMessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChatException;
import chat.weir.settings.Settings;
import chat.weir.supervision.Progress;
import java.util.List;
import java.util.Optional;

/**
 * All persistent data: the database, the message log and the accounts.
 *
 * <p>Threading: safe.
 */
final class Storage implements AutoCloseable {
    private final DatabaseLock lock;
    private final Database database;
    private final RoutingMessageLog log;
    private final PasswordHasher passwordHasher;
    private final LoginServices loginServices;
    private final BlockTable blocks;
    private final ReadPositions readPositions;
    private final ChangeRetention changeRetention;
    private final HistoryRetention historyRetention;
    private final List<Progress> progress;

    private Storage(
            Settings settings, Clocks clocks, Broadcaster broadcaster, Metrics metrics, OpenedResources opened) {
        Settings.Storage where = settings.storage();
        DatabaseUrl address = new DatabaseUrl(where.url(), where.user(), where.password());
        try {
            lock = opened.add(DatabaseLock.acquire(address));
            database = opened.add(Database.open(address, metrics.registry()));
        } catch (DatabaseStartException e) {
            throw new StartupException("cannot use the database " + address + ": " + e.getMessage(), e);
        }
        LoginRegistry<Connection> open = new LoginRegistry<>();
        passwordHasher = opened.add(new PasswordHasher(HashCost.OWASP));
        Accounts accounts = new Accounts(database, passwordHasher, open, clocks.clock(), clocks.nanoTime());
        LoginSessions sessions = new LoginSessions(
                database, open, clocks.clock(), settings.accounts().tokenTtl());
        loginServices = new LoginServices(accounts, sessions, open);
        blocks = new BlockTable(database);
        readPositions =
                opened.add(new ReadPositions(database, MemoryLimits.readPositions(), new ReadNotifier(open), metrics));
        changeRetention = new ChangeRetention(database, clocks.clock(), where.history());
        ensureAdmin(settings.accounts());
        MessageLog durable;
        if (address.isNone()) {
            durable = opened.add(new InMemoryMessageLog(clocks.clock(), MemoryLimits.keptMessages()));
            progress = List.of();
        } else {
            SqlMessageLog inDatabase = opened.add(new SqlMessageLog(
                    database,
                    clocks.clock(),
                    clocks.nanoTime(),
                    MemoryLimits.waitingMessages(),
                    new DraftCallbacks(broadcaster::together, metrics)));
            durable = inDatabase;
            progress = List.of(inDatabase.progress());
        }
        log = new RoutingMessageLog(durable, new InMemoryMessageLog(clocks.clock(), MemoryLimits.ephemeralMessages()));
        historyRetention = new HistoryRetention(log, clocks.clock(), where.history());
    }

    /** @throws StartupException if the database cannot be used, or the admin cannot be created */
    static Storage open(Settings settings, Clocks clocks, Broadcaster broadcaster, Metrics metrics) {
        OpenedResources opened = new OpenedResources();
        try {
            return new Storage(settings, clocks, broadcaster, metrics, opened);
        } catch (RuntimeException | Error e) {
            opened.closeAll(e);
            throw e;
        }
    }

    private void ensureAdmin(Settings.Accounts settings) {
        if (settings.adminUsername().isEmpty()) {
            return;
        }
        try {
            loginServices.accounts().ensureAdmin(settings.adminUsername(), settings.adminPassword());
        } catch (ChatException e) {
            throw new StartupException("cannot create the admin ADMIN_USERNAME: " + e.text(), e);
        }
    }

    RoutingMessageLog log() {
        return log;
    }

    LoginServices loginServices() {
        return loginServices;
    }

    Database database() {
        return database;
    }

    BlockTable blocks() {
        return blocks;
    }

    ReadPositions readPositions() {
        return readPositions;
    }

    ChangeRetention changeRetention() {
        return changeRetention;
    }

    HistoryRetention historyRetention() {
        return historyRetention;
    }

    /** The parts that the watchdog checks. */
    List<Progress> progress() {
        return progress;
    }

    /** Why messages cannot be stored, or the database is unusable; empty if all works. Blocks on the database. */
    Optional<String> problem() {
        return log.problem()
                .map(reason -> "messages cannot be stored now: " + reason)
                .or(database::problem);
    }

    /** Stores queued messages and read positions, and closes the database. */
    @Override
    public void close() {
        historyRetention.close();
        log.close();
        readPositions.close();
        passwordHasher.close();
        database.close();
        lock.close();
    }
}
