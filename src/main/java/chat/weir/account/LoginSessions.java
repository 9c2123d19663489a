package chat.weir.account;

import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Logins with a token. A token is 256 random bits. The database stores only its SHA-256, so that a leaked copy of the
 * database does not allow logging in. A slow password hash would gain nothing, because random tokens cannot be
 * guessed.
 *
 * <p>All methods block on the database, and throw a {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class LoginSessions {
    /** Beyond this number the oldest sessions end; otherwise a user could fill the disk. */
    static final int MAX_PER_ACCOUNT = 100;

    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int SESSIONS_PER_QUERY = 500;

    private final Database database;
    private final LoginRegistry<?> loginRegistry;
    private final Clock clock;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();

    /** @param lifetime the time until a session expires, regardless of its use */
    public LoginSessions(Database database, LoginRegistry<?> loginRegistry, Clock clock, Duration lifetime) {
        this.database = database;
        this.loginRegistry = loginRegistry;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * Begins a session for an authenticated user. Ends the account's oldest sessions beyond {@value #MAX_PER_ACCOUNT}.
     *
     * @throws ChatException 401 if the account was deleted or its password changed meanwhile
     */
    public IssuedSession begin(Account account) {
        String token = randomToken();
        Instant now = clock.instant();
        LoginSession session = new LoginSession(
                hash(token), account, Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond()));
        List<String> ended = database.transaction(handle -> {
            // The lock orders this and a change of the password: either the change ends this session, or
            // this fails.
            if (!new AccountTable(handle).lock(account)) {
                throw new ChatException(ErrorReason.INVALID_TOKEN, "the account has changed: log in again");
            }
            SessionTable sessions = new SessionTable(handle);
            List<String> oldest = sessions.oldestBeyond(MAX_PER_ACCOUNT - 1, account);
            oldest.forEach(sessions::delete);
            sessions.insert(session, now.getEpochSecond());
            return oldest;
        });
        ended.forEach(hash -> loginRegistry.end(account.id(), hash, "the account has too many newer logins"));
        return new IssuedSession(token, session);
    }

    /** The session with this token and its current account; empty if the token is unknown, expired or malformed. */
    public Optional<LoginSession> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        long now = clock.instant().getEpochSecond();
        return database.call(handle -> new SessionTable(handle).find(hash(token), now));
    }

    /** Ends a session and the sockets that were opened with it. */
    public void end(LoginSession session) {
        database.call(handle -> new SessionTable(handle).delete(session.tokenHash()));
        loginRegistry.end(session.account().id(), session.tokenHash(), "logged out");
    }

    /**
     * Removes expired sessions, and ends the sockets of this process whose sessions no longer exist, including those
     * that another node has removed. Call this about every minute.
     */
    public void removeExpired() {
        long now = clock.instant().getEpochSecond();
        int removed;
        do {
            removed = database.call(handle -> new SessionTable(handle).deleteExpired(now, SESSIONS_PER_QUERY));
        } while (removed == SESSIONS_PER_QUERY);
        List<String> open = loginRegistry.tokenHashes();
        Set<String> gone = new HashSet<>();
        for (int from = 0; from < open.size(); from += SESSIONS_PER_QUERY) {
            List<String> some = open.subList(from, Math.min(from + SESSIONS_PER_QUERY, open.size()));
            Set<String> existing = database.call(handle -> new SessionTable(handle).existing(some));
            some.stream().filter(hash -> !existing.contains(hash)).forEach(gone::add);
        }
        loginRegistry.end(gone, "the login has expired");
    }

    private String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
