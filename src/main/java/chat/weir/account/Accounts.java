package chat.weir.account;

import chat.weir.account.Account.Role;
import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point for accounts: registration, password checks and changes, search, deletion.
 *
 * <p>All methods block on the database, and some on password hashing, and throw a {@link ChatException} 503 if that is
 * not possible now. An {@code address} is the client's IP address as text.
 *
 * <p>Threading: safe.
 */
public final class Accounts {
    /** The maximum number of accounts that {@link #list} returns. */
    public static final int MAX_LISTED = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** JavaScript numbers represent integers exactly up to this bound. */
    private static final long ID_BOUND = 1L << 53;

    private final Database database;
    private final PasswordHasher passwordHasher;
    private final LoginRegistry<?> loginRegistry;
    private final LoginRateLimiter loginRateLimiter;
    private final LoginAddresses addresses;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param nanoTime a monotonic clock for the rate limits */
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
     * Registers an account.
     *
     * @param check throws if the name is not available for another reason. It is called twice, because a guest may
     *     take the name while the password is hashed, and only within the rate limit, because it may be expensive
     * @throws ChatException 400 with the rule that the name or password breaks, 409 if the name is taken, 429 after
     *     too many attempts from this address; every attempt counts, except those that fail because the server is
     *     unavailable
     */
    public Account register(String username, String password, String address, Consumer<UserName> check) {
        UserName name = validName(username);
        passwordHasher.validate(password);
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
     * Checks a name and password, and returns the account. Does not create a session.
     *
     * @throws ChatException 401 if the account does not exist or the password is wrong; text and duration do not
     *     reveal which; 429 after too many attempts with this name or from this address
     */
    public Account logIn(String username, String password, String address) {
        Optional<UserName> parsed = UserName.parse(username);
        if (parsed.isEmpty()) {
            // Not a valid name, so no account has it. That is no secret, so no hash is computed.
            loginRateLimiter.begin(address);
            throw wrongCredentials();
        }
        UserName name = parsed.get();
        LoginRateLimiter.Attempt attempt = loginRateLimiter.begin(name.key(), address);
        Checked checked = attempt.unlessUnavailable(() -> check(name, password, address, attempt));
        AccountTable.Row row = checked.row();
        if (row == null || !checked.verdict().isRight()) {
            throw wrongCredentials();
        }
        attempt.giveBack();
        String renewed = checked.verdict().renewed();
        if (renewed != null) {
            database.call(handle -> new AccountTable(handle).renewPassword(row, renewed));
        }
        addresses.add(row.account(), address);
        return row.account();
    }

    /** @param row null: no account has the name */
    private record Checked(AccountTable.@Nullable Row row, PasswordHasher.Verdict verdict) {}

    private Checked check(UserName name, String password, String address, LoginRateLimiter.Attempt attempt) {
        AccountTable.Row row =
                database.call(handle -> new AccountTable(handle).find(name)).orElse(null);
        if (row == null || !isExemptFromNameLimit(row.account(), address)) {
            attempt.countForName();
        }
        return new Checked(row, passwordHasher.check(password, row == null ? null : row.password()));
    }

    /**
     * Failed attempts of strangers must not lock out users at addresses where they logged in recently, nor any admin.
     */
    private boolean isExemptFromNameLimit(Account account, String address) {
        return account.role() == Role.ADMIN || addresses.contains(account, address);
    }

    /**
     * Changes the password of an account. Ends all its other sessions, and the sockets that were not opened by this
     * session.
     *
     * @throws ChatException 400 with the rule that the replacement breaks, 401 if the account was deleted, 403 if the
     *     current password is wrong, 429 after too many attempts with this name or from this address
     */
    public void changePassword(LoginSession session, String current, String replacement, String address) {
        passwordHasher.validate(replacement);
        LoginRateLimiter.Attempt attempt =
                loginRateLimiter.begin(session.account().name().key(), address);
        AccountTable.Row row = attempt.unlessUnavailable(() -> checkCurrent(session, current, address, attempt));
        attempt.giveBack();
        String hash = passwordHasher.hash(replacement);
        database.transaction(handle -> {
            // Compares the version that was read: if another change was faster, the current password is
            // wrong now.
            if (!new AccountTable(handle).changePassword(row.account(), hash)) {
                throw wrongPassword();
            }
            return new SessionTable(handle).deleteOthers(session);
        });
        loginRegistry.endOthers(row.account().id(), session.tokenHash(), "the password was changed");
    }

    private AccountTable.Row checkCurrent(
            LoginSession session, String current, String address, LoginRateLimiter.Attempt attempt) {
        AccountTable.Row row = database.call(handle ->
                        new AccountTable(handle).find(session.account().id()))
                .orElseThrow(() -> new ChatException(ErrorReason.UNAUTHENTICATED, "the account has been deleted"));
        if (!isExemptFromNameLimit(row.account(), address)) {
            attempt.countForName();
        }
        if (!passwordHasher.check(current, row.password()).isRight()) {
            throw wrongPassword();
        }
        return row;
    }

    /** Deletes an account with its sessions, and ends its sockets. The name becomes free; the messages stay. */
    public void delete(Account account) {
        database.call(handle -> new AccountTable(handle).delete(account));
        loginRegistry.endAll(account.id(), "the account was deleted");
    }

    /** As {@link #delete}, and also has the account's messages deleted later; see {@link MessageDeletions}. */
    public void deleteWithMessages(Account account) {
        long now = clock.instant().getEpochSecond();
        int unused = database.transaction(handle -> {
            AccountTable table = new AccountTable(handle);
            return table.delete(account) + table.insertMessageDeletion(account, now);
        });
        loginRegistry.endAll(account.id(), "the account was deleted");
    }

    public Optional<Account> find(UserName name) {
        return database.call(handle -> new AccountTable(handle).find(name)).map(AccountTable.Row::account);
    }

    public Optional<Account> find(long id) {
        return database.call(handle -> new AccountTable(handle).find(id)).map(AccountTable.Row::account);
    }

    /** The names of those accounts that exist. */
    public Map<Long, UserName> names(Collection<Long> ids) {
        return ids.isEmpty() ? Map.of() : database.call(handle -> new AccountTable(handle).names(ids));
    }

    public boolean isRegistered(UserName name) {
        return database.call(handle -> new AccountTable(handle).exists(name));
    }

    /** Whether the account still exists and its password is unchanged. */
    public boolean isCurrent(Account account) {
        return database.call(handle -> new AccountTable(handle).isCurrent(account));
    }

    /**
     * Accounts whose names begin with a prefix, in the order of their normalised names. The comparison uses normalised
     * names. Empty if no name can begin with the prefix.
     *
     * @param prefix empty: all
     * @param after return names after this one; empty: from the first
     * @param limit clamped to 1 to {@value #MAX_LISTED}
     * @throws ChatException 400 if {@code after} is not a valid name
     */
    public List<Account> list(String prefix, String after, int limit) {
        Optional<String> prefixKey = key(prefix);
        String afterKey = key(after)
                .orElseThrow(() -> new ChatException(
                        ErrorReason.INVALID_VALUE,
                        "after must be a user name, such as the last one of the previous page"));
        int atMost = Math.max(1, Math.min(limit, MAX_LISTED));
        return prefixKey
                .map(key -> database.call(handle -> new AccountTable(handle).list(key, afterKey, atMost)))
                .orElse(List.of());
    }

    /**
     * Creates an admin account, or makes an existing account with this name and password an admin. It is safe to do
     * this repeatedly or on two nodes at once. The password of an existing admin is not changed. Hashes on the calling
     * thread, without a time limit.
     *
     * @throws ChatException 400 with the rule that the name or password breaks; 409 if the account is not an admin and
     *     has another password, because another user may have registered the name first
     */
    public void ensureAdmin(String username, String password) {
        UserName name = UserName.parse(username).filter(this::isRegistered).orElseGet(() -> validName(username));
        passwordHasher.validate(password);
        if (!isRegistered(name)
                && insert(name, passwordHasher.hashAtStart(password), Role.ADMIN)
                        .isPresent()) {
            log.info("created the admin account {}", name);
            return;
        }
        AccountTable.Row row = database.call(handle -> new AccountTable(handle).find(name))
                .orElseThrow(
                        () -> new ChatException(ErrorReason.UNAVAILABLE, "the account was just deleted: try again"));
        if (row.account().role() != Role.ADMIN) {
            if (!passwordHasher.checkAtStart(password, row.password()).isRight()) {
                throw new ChatException(ErrorReason.NAME_TAKEN, "the name is registered, with another password");
            }
            database.call(handle -> new AccountTable(handle).setRole(name, Role.ADMIN));
            log.info("the account {} is an admin now", name);
        }
    }

    /** Empty if the name is taken. */
    private Optional<Account> insert(UserName name, String hash, Role role) {
        long id = random.nextLong(1, ID_BOUND);
        Account account = new Account(id, name, role, 1, clock.instant().getEpochSecond());
        boolean isNew = database.call(handle -> new AccountTable(handle).insert(account, hash));
        return isNew ? Optional.of(account) : Optional.empty();
    }

    private static UserName validName(String username) {
        return UserName.parseNew(username)
                .orElseThrow(
                        () -> new ChatException(ErrorReason.INVALID_NAME, "the name is not allowed: " + UserName.RULE));
    }

    /** The normalised form of a name; an empty text stays empty. */
    private static Optional<String> key(String typed) {
        return typed.isEmpty() ? Optional.of("") : UserName.parse(typed).map(UserName::key);
    }

    private static ChatException taken() {
        return new ChatException(ErrorReason.NAME_TAKEN, "the name is taken");
    }

    private static ChatException wrongCredentials() {
        return new ChatException(ErrorReason.WRONG_CREDENTIALS, "no account has this name and password");
    }

    private static ChatException wrongPassword() {
        return new ChatException(ErrorReason.WRONG_PASSWORD, "the current password is wrong");
    }
}
