package chat.weir.account;

import chat.weir.account.Account.Role;
import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts: registering, checking passwords and changing them, finding and deleting.
 *
 * <p>All methods wait, for the database and some for a password to be hashed, and throw an {@link ChatException} 503 if
 * that cannot be done now. An {@code address} is the client's IP address as text.
 *
 * <p>Threading: safe.
 */
public final class Accounts {
    /** The most that {@link #list} returns. */
    public static final int MAX_LISTED = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** JavaScript has no whole numbers beyond. */
    private static final long ID_BOUND = 1L << 53;

    private final Database database;
    private final PasswordHasher passwordHasher;
    private final LoginRegistry<?> loginRegistry;
    private final LoginRateLimiter loginRateLimiter;
    private final LoginAddresses addresses;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Accounts in this database; by {@code nanoTime}, which is never set, tries are limited. */
    public Accounts(
            Database database,
            PasswordHasher passwordHasher,
            LoginRegistry<?> loginRegistry,
            Clock clock,
            LongSupplier nanoTime) {
        this.database = database;
        this.passwordHasher = passwordHasher;
        this.loginRegistry = loginRegistry;
        this.clock = clock;
        this.loginRateLimiter = new LoginRateLimiter(nanoTime);
        this.addresses = new LoginAddresses(database, clock);
    }

    /**
     * Makes an account.
     *
     * @param check throws if the name cannot be had for another reason. Called twice: hashing the password takes so
     *     long that a guest may have taken the name meanwhile; and only for those who have not tried too often, since
     *     it may cost much
     * @throws ChatException 400 with the rule that name or password break, 409 if the name is taken, 429 if there were
     *     too many tries from this address; each counts, whatever comes of it, unless the server could not do it
     */
    public Account register(String username, String password, String address, Consumer<UserName> check) {
        UserName name = goodName(username);
        passwordHasher.refuseBad(password);
        return loginRateLimiter.begin(address).unlessUnavailable(() -> {
            if (isRegistered(name)) {
                throw taken();
            }
            check.accept(name);
            String hash = passwordHasher.hash(password);
            check.accept(name);
            Account account = insert(name, hash, Role.MEMBER).orElseThrow(Accounts::taken);
            addresses.add(account, address);
            return account;
        });
    }

    /**
     * The account with this name and password. Makes no session.
     *
     * @throws ChatException 401, with the same text after the same time whether there is no such account or the
     *     password is wrong; 429 if there were too many tries of this name or from this address
     */
    public Account logIn(String username, String password, String address) {
        Optional<UserName> parsed = UserName.parse(username);
        if (parsed.isEmpty()) {
            // No account can have it, which everybody knows: not worth a hash.
            loginRateLimiter.begin(address);
            throw wrong();
        }
        UserName name = parsed.get();
        LoginRateLimiter.Attempt counted = loginRateLimiter.begin(name.key(), address);
        Checked checked = counted.unlessUnavailable(() -> check(name, password, address, counted));
        AccountTable.Row row = checked.row();
        if (row == null || !checked.verdict().isRight()) {
            throw wrong();
        }
        counted.giveBack();
        String renewed = checked.verdict().renewed();
        if (renewed != null) {
            database.call(handle -> new AccountTable(handle).renewPassword(row, renewed));
        }
        addresses.add(row.account(), address);
        return row.account();
    }

    /** @param row null: no account has the name */
    private record Checked(AccountTable.@Nullable Row row, PasswordHasher.Verdict verdict) {}

    private Checked check(UserName name, String password, String address, LoginRateLimiter.Attempt counted) {
        AccountTable.Row row =
                database.call(handle -> new AccountTable(handle).find(name)).orElse(null);
        if (row == null || !isOutOfReach(row.account(), address)) {
            counted.countForName();
        }
        return new Checked(row, passwordHasher.check(password, row == null ? null : row.password()));
    }

    /** Strangers who try passwords elsewhere do not lock an account out of where it logged in lately, and no admin at all. */
    private boolean isOutOfReach(Account account, String address) {
        return account.role() == Role.ADMIN || addresses.contains(account, address);
    }

    /**
     * Gives an account another password. Every other session of it ends, and every socket but those of this session.
     *
     * @throws ChatException 400 with the rule that the replacement breaks, 401 if the account is gone, 403 if the
     *     current password is wrong, 429 if there were too many tries of this name or from this address
     */
    public void changePassword(LoginSession session, String current, String replacement, String address) {
        passwordHasher.refuseBad(replacement);
        LoginRateLimiter.Attempt counted =
                loginRateLimiter.begin(session.account().name().key(), address);
        AccountTable.Row row = counted.unlessUnavailable(() -> checkCurrent(session, current, address, counted));
        counted.giveBack();
        String hash = passwordHasher.hash(replacement);
        database.transaction(handle -> {
            // By the version that was read, not the session's: whoever was faster has made the current password wrong.
            if (!new AccountTable(handle).changePassword(row.account(), hash)) {
                throw currentIsWrong();
            }
            return new SessionTable(handle).deleteOthers(session);
        });
        loginRegistry.endOthers(row.account().id(), session.tokenHash(), "the password was changed");
    }

    private AccountTable.Row checkCurrent(
            LoginSession session, String current, String address, LoginRateLimiter.Attempt counted) {
        AccountTable.Row row = database.call(handle ->
                        new AccountTable(handle).find(session.account().id()))
                .orElseThrow(() -> new ChatException(ErrorReason.UNAUTHENTICATED, "the account has been deleted"));
        if (!isOutOfReach(row.account(), address)) {
            counted.countForName();
        }
        if (!passwordHasher.check(current, row.password()).isRight()) {
            throw currentIsWrong();
        }
        return row;
    }

    /** Deletes an account with its sessions, and ends its sockets. Its name is free again; its messages stay. */
    public void delete(Account account) {
        database.call(handle -> new AccountTable(handle).delete(account));
        loginRegistry.endAll(account.id(), "the account was deleted");
    }

    public Optional<Account> find(UserName name) {
        return database.call(handle -> new AccountTable(handle).find(name)).map(AccountTable.Row::account);
    }

    public Optional<Account> find(long id) {
        return database.call(handle -> new AccountTable(handle).find(id)).map(AccountTable.Row::account);
    }

    public boolean isRegistered(UserName name) {
        return database.call(handle -> new AccountTable(handle).exists(name));
    }

    /** Whether the account still exists with the password that it had. */
    public boolean isCurrent(Account account) {
        return database.call(handle -> new AccountTable(handle).isCurrent(account));
    }

    /**
     * Accounts whose names begin with a prefix, in the order of their normal forms, by which prefix and names are also
     * compared. None for a prefix that no name can begin with.
     *
     * @param prefix empty: all
     * @param after the name behind which the list begins; empty: at the first
     * @param limit 1 to {@value #MAX_LISTED}; beyond, the nearest of these
     * @throws ChatException 400 if {@code after} is no name
     */
    public List<Account> list(String prefix, String after, int limit) {
        Optional<String> prefixKey = key(prefix);
        String afterKey = key(after)
                .orElseThrow(() ->
                        new ChatException(ErrorReason.INVALID_VALUE, "after is no name: it has to be one of the list"));
        int atMost = Math.max(1, Math.min(limit, MAX_LISTED));
        return prefixKey
                .map(key -> database.call(handle -> new AccountTable(handle).list(key, afterKey, atMost)))
                .orElse(List.of());
    }

    /**
     * Makes an admin, or makes one of the account that has this name and password. Doing it twice, or on two nodes at
     * once, does no harm; an admin's password is left as it is.
     *
     * @throws ChatException 400 with the rule that name or password break; 409 if the account is no admin and has
     *     another password: another user may have registered the name first
     */
    public void ensureAdmin(String username, String password) {
        UserName name = UserName.parse(username).filter(this::isRegistered).orElseGet(() -> goodName(username));
        passwordHasher.refuseBad(password);
        if (!isRegistered(name)
                && insert(name, passwordHasher.hash(password), Role.ADMIN).isPresent()) {
            log.info("made the admin's account {}", name);
            return;
        }
        AccountTable.Row row = database.call(handle -> new AccountTable(handle).find(name))
                .orElseThrow(
                        () -> new ChatException(ErrorReason.UNAVAILABLE, "the account was just deleted: try again"));
        if (row.account().role() != Role.ADMIN) {
            if (!passwordHasher.check(password, row.password()).isRight()) {
                throw new ChatException(ErrorReason.NAME_TAKEN, "the name is registered, with another password");
            }
            database.call(handle -> new AccountTable(handle).setRole(name, Role.ADMIN));
            log.info("the account {} is an admin now", name);
        }
    }

    /** Nothing if the name is taken. */
    private Optional<Account> insert(UserName name, String hash, Role role) {
        long id = random.nextLong(1, ID_BOUND);
        Account account = new Account(id, name, role, 1, clock.instant().getEpochSecond());
        boolean isNew = database.call(handle -> new AccountTable(handle).insert(account, hash));
        return isNew ? Optional.of(account) : Optional.empty();
    }

    private static UserName goodName(String username) {
        return UserName.parseNew(username)
                .orElseThrow(
                        () -> new ChatException(ErrorReason.INVALID_NAME, "the name is not allowed: " + UserName.RULE));
    }

    /** The normal form of what was typed; of nothing, nothing. */
    private static Optional<String> key(String typed) {
        return typed.isEmpty() ? Optional.of("") : UserName.parse(typed).map(UserName::key);
    }

    private static ChatException taken() {
        return new ChatException(ErrorReason.NAME_TAKEN, "the name is taken");
    }

    private static ChatException wrong() {
        return new ChatException(ErrorReason.WRONG_CREDENTIALS, "no account has this name and password");
    }

    private static ChatException currentIsWrong() {
        return new ChatException(ErrorReason.WRONG_PASSWORD, "the current password is wrong");
    }
}
