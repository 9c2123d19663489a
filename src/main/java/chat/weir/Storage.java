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
import chat.weir.database.DatabaseStartException;
import chat.weir.history.MemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.history.SplitMessageLog;
import chat.weir.history.SqlMessageLog;
import chat.weir.moderation.Blocks;
import chat.weir.protocol.ErrorReply;
import chat.weir.settings.Settings;

/**
 * Everything that is kept: the database, what was said, and who has an account.
 *
 * <p>Threading: safe.
 */
final class Storage implements AutoCloseable {
    private final Database database;
    private final SplitMessageLog log;
    private final Passwords passwords;
    private final Logins logins;
    private final Blocks blocks;

    private Storage(Database database, SplitMessageLog log, Passwords passwords, Logins logins) {
        this.database = database;
        this.log = log;
        this.passwords = passwords;
        this.logins = logins;
        this.blocks = new Blocks(database);
    }

    /** @throws CannotStartException if the database cannot be used, or the admin cannot be made */
    static Storage open(Settings settings, Time time, Turns turns) {
        Settings.Storage where = settings.storage();
        DatabaseAddress address = new DatabaseAddress(where.url(), where.user(), where.password());
        Database database;
        try {
            database = Database.open(address);
        } catch (DatabaseStartException e) {
            throw new CannotStartException("cannot use the database " + address + ": " + e.getMessage(), e);
        }
        OpenLogins open = new OpenLogins();
        Passwords passwords = new Passwords(HashCost.OWASP);
        Accounts accounts = new Accounts(database, passwords, open, time.clock(), time.nanoTime());
        Sessions sessions =
                new Sessions(database, open, time.clock(), settings.accounts().tokenTtl());
        MessageLog lasting = address.isNone()
                ? new MemoryMessageLog(time.clock(), Memory.keptMessages())
                : new SqlMessageLog(database, time.clock(), time.nanoTime(), Memory.waitingMessages(), turns::together);
        SplitMessageLog log =
                new SplitMessageLog(lasting, new MemoryMessageLog(time.clock(), Memory.passingMessages()));
        Storage storage = new Storage(database, log, passwords, new Logins(accounts, sessions, open));
        try {
            storage.makeAdmin(settings.accounts());
        } catch (ErrorReply e) {
            storage.close();
            throw new CannotStartException("cannot make the admin of ADMIN_USERNAME: " + e.text(), e);
        }
        return storage;
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

    /** Whether the database answers. */
    boolean isReady() {
        try {
            return database.call(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (ErrorReply e) {
            return false;
        }
    }

    /** Stores what waits, if that has not been done, and lets go of the database. */
    @Override
    public void close() {
        log.close();
        passwords.close();
        database.close();
    }
}
