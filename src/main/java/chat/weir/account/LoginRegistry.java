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
 * The logged-in sockets of this process by account, so that they can be closed when a login ends. Each socket is
 * contained at most once, so the size is bounded by the number of connections.
 *
 * <p>Never blocks, and does not call sockets while holding its lock.
 *
 * <p>Threading: guarded by this; sockets are called by the thread that ends their login.
 *
 * @param <S> the type of the sockets
 */
public final class LoginRegistry<S extends LoginRegistry.Socket> {
    private static final Logger log = LoggerFactory.getLogger(LoginRegistry.class);

    /** A logged-in connection, compared by identity. */
    public interface Socket {
        /** The login has ended, for a human-readable reason. Must not block. */
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
     * Registers a socket that has logged in. Afterwards the caller must check whether the login is still valid ({@link
     * LoginSessions#find}, {@link Accounts#isCurrent}) and end the socket if not; otherwise a login that ends between
     * its check and this call is missed.
     *
     * @param tokenHash null: logged in by password
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

    /** When the account was created, in Unix seconds; empty if no socket is logged in to it. */
    public synchronized OptionalLong createdAt(long account) {
        return byAccount.getOrDefault(account, new IdentityHashMap<>()).values().stream()
                .mapToLong(registration -> registration.createdAt)
                .findAny();
    }

    public synchronized boolean isOnline(long account) {
        return byAccount.containsKey(account);
    }

    /** The distinct token hashes of all sockets. */
    synchronized List<String> tokenHashes() {
        return bySocket.values().stream()
                .map(registration -> registration.tokenHash)
                .filter(hash -> hash != null)
                .distinct()
                .toList();
    }

    /** Ends the sockets of one session. */
    void end(long account, String tokenHash, String reason) {
        notifyEnded(removeMatching(account, registration -> tokenHash.equals(registration.tokenHash)), reason);
    }

    /** Ends all sockets of an account except those with this token, including those logged in by password. */
    void endOthers(long account, String keptTokenHash, String reason) {
        notifyEnded(removeMatching(account, registration -> !keptTokenHash.equals(registration.tokenHash)), reason);
    }

    void endAll(long account, String reason) {
        notifyEnded(removeMatching(account, registration -> true), reason);
    }

    /** Ends the sockets of several sessions, of any accounts. */
    void end(Set<String> tokenHashes, String reason) {
        List<Registration> ended;
        synchronized (this) {
            ended = bySocket.values().stream()
                    .filter(registration ->
                            registration.tokenHash != null && tokenHashes.contains(registration.tokenHash))
                    .toList();
            ended.forEach(this::forget);
        }
        notifyEnded(ended, reason);
    }

    private synchronized List<Registration> removeMatching(long account, Predicate<Registration> filter) {
        List<Registration> matching = new ArrayList<>(
                byAccount.getOrDefault(account, new IdentityHashMap<>()).values());
        matching.removeIf(filter.negate());
        matching.forEach(this::forget);
        return matching;
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

    private void notifyEnded(List<Registration> ended, String reason) {
        for (Registration registration : ended) {
            try {
                registration.socket.loginEnded(reason);
            } catch (RuntimeException e) {
                log.error("notifying a socket of the end of its login failed", e);
            }
        }
    }
}
