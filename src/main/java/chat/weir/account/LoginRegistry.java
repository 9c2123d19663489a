package chat.weir.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of this process that are logged in, by account, so that they end with their login. A socket is in it once
 * at most; so it is bounded by the number of connections.
 *
 * <p>Never waits, and calls no socket while it holds its lock.
 *
 * <p>Threading: guarded by this; sockets are called on the thread that ends their login.
 *
 * @param <S> the type of the sockets
 */
public final class LoginRegistry<S extends LoginRegistry.Socket> {
    private static final Logger log = LoggerFactory.getLogger(LoginRegistry.class);

    /** A connection that is logged in; compared by identity. */
    public interface Socket {
        /** Its login is no longer valid, for a reason that a person can read. Must not wait. */
        void loginEnded(String reason);
    }

    /** The login of one socket, from {@link #add} until it is closed. */
    public final class Registration {
        private final S socket;
        private final long account;
        private final long createdAt;
        private final @Nullable String tokenHash;

        private Registration(S socket, Account account, @Nullable String tokenHash) {
            this.socket = socket;
            this.account = account.id();
            this.createdAt = account.createdAt();
            this.tokenHash = tokenHash;
        }

        /** The socket has logged out or is closed. Has no effect if the socket has logged in again since. */
        public void close() {
            remove(this);
        }
    }

    @GuardedBy("this")
    private final IdentityHashMap<S, Registration> bySocket = new IdentityHashMap<>();

    @GuardedBy("this")
    private final Map<Long, IdentityHashMap<S, Registration>> byAccount = new HashMap<>();

    /**
     * A socket has logged in. The caller must check afterwards that the login is still valid
     * ({@link LoginSessions#find}, {@link Accounts#isCurrent}), and end the socket if it is not: a login that ended
     * between being checked and being added here is not reported to the socket.
     *
     * @param tokenHash null: by password
     */
    public synchronized Registration add(Account account, @Nullable String tokenHash, S socket) {
        forget(bySocket.get(socket));
        Registration registration = new Registration(socket, account, tokenHash);
        bySocket.put(socket, registration);
        byAccount.computeIfAbsent(account.id(), a -> new IdentityHashMap<>()).put(socket, registration);
        return registration;
    }

    private synchronized void remove(Registration registration) {
        if (bySocket.get(registration.socket) == registration) {
            forget(registration);
        }
    }

    /** The sockets that are logged in to an account. */
    public synchronized List<S> sockets(long account) {
        return List.copyOf(
                byAccount.getOrDefault(account, new IdentityHashMap<>()).keySet());
    }

    /** When an account was made, in Unix seconds, if a socket is logged in to it. */
    public synchronized OptionalLong createdAt(long account) {
        return byAccount.getOrDefault(account, new IdentityHashMap<>()).values().stream()
                .mapToLong(registration -> registration.createdAt)
                .findAny();
    }

    public synchronized boolean isOnline(long account) {
        return byAccount.containsKey(account);
    }

    /** The hashes of the tokens by which sockets are logged in, each once. */
    synchronized List<String> tokenHashes() {
        return bySocket.values().stream()
                .map(registration -> registration.tokenHash)
                .filter(hash -> hash != null)
                .distinct()
                .toList();
    }

    /** Ends the sockets of a session that has ended. */
    void end(long account, String tokenHash, String reason) {
        tell(takeOut(account, registration -> tokenHash.equals(registration.tokenHash)), reason);
    }

    /** Ends all sockets of an account but those with one token; so those by password too. */
    void endOthers(long account, String keptTokenHash, String reason) {
        tell(takeOut(account, registration -> !keptTokenHash.equals(registration.tokenHash)), reason);
    }

    void endAll(long account, String reason) {
        tell(takeOut(account, registration -> true), reason);
    }

    /** Ends the sockets of sessions, of any accounts, that have ended. */
    void end(Set<String> tokenHashes, String reason) {
        List<Registration> ended;
        synchronized (this) {
            ended = bySocket.values().stream()
                    .filter(registration ->
                            registration.tokenHash != null && tokenHashes.contains(registration.tokenHash))
                    .toList();
            ended.forEach(this::forget);
        }
        tell(ended, reason);
    }

    private synchronized List<Registration> takeOut(long account, Predicate<Registration> which) {
        List<Registration> taken = new ArrayList<>(
                byAccount.getOrDefault(account, new IdentityHashMap<>()).values());
        taken.removeIf(which.negate());
        taken.forEach(this::forget);
        return taken;
    }

    @GuardedBy("this")
    private void forget(@Nullable Registration registration) {
        if (registration != null) {
            bySocket.remove(registration.socket);
            byAccount.computeIfPresent(registration.account, (account, sockets) -> {
                sockets.remove(registration.socket);
                return sockets.isEmpty() ? null : sockets;
            });
        }
    }

    private void tell(List<Registration> ended, String reason) {
        for (Registration registration : ended) {
            try {
                registration.socket.loginEnded(reason);
            } catch (RuntimeException e) {
                log.error("a socket did not take the end of its login", e);
            }
        }
    }
}
