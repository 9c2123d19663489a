package chat.weir.websocket.handshake;

import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.frame.CloseCode;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides which connections are admitted. Only what must not be upgraded at all is refused by HTTP (a foreign origin, a
 * server that is going away); the rest is told in the protocol's own words, since a browser shows a page nothing of an
 * HTTP refusal.
 *
 * <p>Threading: safe.
 */
public final class AdmissionControl {
    private final ConnectionLimits limits;
    private final OriginPolicy originPolicy;
    private final TrustedProxies proxies;
    private volatile boolean closing;

    public AdmissionControl(ConnectionLimits limits, OriginPolicy originPolicy, TrustedProxies proxies) {
        this.limits = limits;
        this.originPolicy = originPolicy;
        this.proxies = proxies;
    }

    public ConnectionLimits limits() {
        return limits;
    }

    /** Refuses all connections from now on. */
    public void close() {
        closing = true;
    }

    public boolean isClosed() {
        return closing;
    }

    /**
     * Checks whether a WebSocket may be opened.
     *
     * @throws UpgradeRejection 400, 403, 426 or 503
     */
    public void checkUpgrade(UpgradeRequest request) {
        request.check();
        String origin = request.field("Origin");
        if (!originPolicy.allows(origin, request.field("Host"))) {
            throw UpgradeRejection.forbiddenOrigin(origin);
        }
        if (closing) {
            throw UpgradeRejection.unavailable("the server is going away");
        }
    }

    /**
     * Checks whether there is capacity for a connection that is not a WebSocket.
     *
     * @throws UpgradeRejection 503 or 429 if there is no capacity for a connection that is not a WebSocket
     */
    public void checkPlace(InetAddress peer) {
        if (closing) {
            throw UpgradeRejection.unavailable("the server is going away");
        }
        if (limits.isFull()) {
            throw UpgradeRejection.unavailable("the server is full");
        }
        if (!isProxy(peer) && limits.hasMoreThanItsShare(peer)) {
            throw UpgradeRejection.tooMany();
        }
    }

    /** Whether what a peer says about its client's address is believed; then the peer's own does not count. */
    public boolean isProxy(InetAddress peer) {
        return proxies.isTrusted(peer);
    }

    /** Whose address counts for a request that came from {@code peer}. */
    public InetAddress client(InetAddress peer, UpgradeRequest request) {
        return proxies.client(peer, request.field("X-Forwarded-For"));
    }

    /** Why a client that has been upgraded cannot stay, or null. */
    @Nullable
    public ChatException refusal(boolean isCounted, InetAddress client) {
        if (limits.isFull()) {
            return new ChatException(ErrorReason.UNAVAILABLE, "the server is full: try later");
        }
        return !isCounted || limits.hasMoreThanItsShare(client)
                ? new ChatException(ErrorReason.TOO_MANY_CONNECTIONS, "too many connections from your address")
                : null;
    }

    /** The close code for such a client. */
    public static CloseCode refusalCode() {
        return CloseCode.TRY_LATER;
    }
}
