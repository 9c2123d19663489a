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
 * Which sockets of this process are logged in to which account, so that they end with their login. A socket is in it
 * once at most; so it is bounded by the number of connections.
 *
 * <p>Never waits, and calls no socket while it holds its lock.
 *
 * <p>Threading: guarded by this; sockets are called on the thread that ends their login.
 */
public final class LoginRegistry {
    private static final Logger log = LoggerFactory.getLogger(LoginRegistry.class);

    /** A connection that is logged in; told apart by identity. */
    public interface Socket {
        /** Its login is worth nothing any more, for a reason that a person can read. Must not wait. */
        void loginEnded(String reason);
    }

    private record Open(
            Socket socket,
            long account,
            long createdAt,
            @Nullable String tokenHash) {}

    @GuardedBy("this")
    private final IdentityHashMap<Socket, Open> bySocket = new IdentityHashMap<>();

    @GuardedBy("this")
    private final Map<Long, IdentityHashMap<Socket, Open>> byAccount = new HashMap<>();

    /**
     * A socket has logged in. Whoever adds one has to look afterwards whether the login is still good
     * ({@link LoginSessions#find}, {@link Accounts#isCurrent}), and to end the socket if it is not: a login that ended
     * between being checked and being added here has nobody to tell.
     *
     * @param tokenHash null: by password
     */
    public synchronized void add(Account account, @Nullable String tokenHash, Socket socket) {
        forget(socket);
        Open open = new Open(socket, account.id(), account.createdAt(), tokenHash);
        bySocket.put(socket, open);
        byAccount.computeIfAbsent(account.id(), a -> new IdentityHashMap<>()).put(socket, open);
    }

    /** The socket is closed or has logged out. Nothing happens if it is not logged in to this account. */
    public synchronized void remove(long account, Socket socket) {
        Open open = bySocket.get(socket);
        if (open != null && open.account() == account) {
            forget(socket);
        }
    }

    /** Those that are logged in to an account. */
    public synchronized List<Socket> sockets(long account) {
        return List.copyOf(
                byAccount.getOrDefault(account, new IdentityHashMap<>()).keySet());
    }

    /** When an account was made, in Unix seconds, if a socket is logged in to it. */
    public synchronized OptionalLong createdAt(long account) {
        return byAccount.getOrDefault(account, new IdentityHashMap<>()).values().stream()
                .mapToLong(Open::createdAt)
                .findAny();
    }

    public synchronized boolean isOnline(long account) {
        return byAccount.containsKey(account);
    }

    /** The tokens by which sockets are logged in, as hashes, each once. */
    synchronized List<String> tokenHashes() {
        return bySocket.values().stream()
                .map(Open::tokenHash)
                .filter(hash -> hash != null)
                .distinct()
                .toList();
    }

    /** A session has ended. */
    void end(long account, String tokenHash, String reason) {
        tell(takeOut(account, open -> tokenHash.equals(open.tokenHash())), reason);
    }

    /** All of an account but those with one token; so those by password too. */
    void endOthers(long account, String keptTokenHash, String reason) {
        tell(takeOut(account, open -> !keptTokenHash.equals(open.tokenHash())), reason);
    }

    void endAll(long account, String reason) {
        tell(takeOut(account, open -> true), reason);
    }

    /** Sessions of whatever accounts have ended. */
    void end(Set<String> tokenHashes, String reason) {
        List<Open> ended;
        synchronized (this) {
            ended = bySocket.values().stream()
                    .filter(open -> open.tokenHash() != null && tokenHashes.contains(open.tokenHash()))
                    .toList();
            ended.forEach(open -> forget(open.socket()));
        }
        tell(ended, reason);
    }

    private synchronized List<Open> takeOut(long account, Predicate<Open> which) {
        List<Open> taken = new ArrayList<>(
                byAccount.getOrDefault(account, new IdentityHashMap<>()).values());
        taken.removeIf(which.negate());
        taken.forEach(open -> forget(open.socket()));
        return taken;
    }

    @GuardedBy("this")
    private void forget(Socket socket) {
        Open open = bySocket.remove(socket);
        if (open != null) {
            byAccount.computeIfPresent(open.account(), (account, sockets) -> {
                sockets.remove(socket);
                return sockets.isEmpty() ? null : sockets;
            });
        }
    }

    private static void tell(List<Open> ended, String reason) {
        for (Open open : ended) {
            try {
                open.socket().loginEnded(reason);
            } catch (RuntimeException e) {
                log.error("a socket did not take the end of its login", e);
            }
        }
    }
}
