package chat.weir.websocket;

import chat.weir.origin.Origins;
import chat.weir.origin.TrustedProxies;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. Only what must not be upgraded at all is refused by HTTP (a foreign origin, a server that is going
 * away); the rest is told in the protocol's own words, since a browser shows a page nothing of an HTTP refusal.
 *
 * <p>Threading: safe.
 */
final class Admission {
    private final ConnectionLimits limits;
    private final Origins origins;
    private final TrustedProxies proxies;
    private volatile boolean closing;

    Admission(ConnectionLimits limits, Origins origins, TrustedProxies proxies) {
        this.limits = limits;
        this.origins = origins;
        this.proxies = proxies;
    }

    ConnectionLimits limits() {
        return limits;
    }

    /** From now on nobody is let in. */
    void close() {
        closing = true;
    }

    boolean isClosed() {
        return closing;
    }

    /** @throws HandshakeRefusal 400, 403, 426 or 503 */
    void checkUpgrade(HandshakeRequest request) {
        request.check();
        String origin = request.getFieldValue("Origin");
        if (!origins.allows(origin, request.getFieldValue("Host"))) {
            throw HandshakeRefusal.forbiddenOrigin(origin);
        }
        if (closing) {
            throw HandshakeRefusal.unavailable("the server is going away");
        }
    }

    /** @throws HandshakeRefusal 503 or 429 if a connection that is not a WebSocket has no place */
    void checkPlace(InetAddress peer) {
        if (closing) {
            throw HandshakeRefusal.unavailable("the server is going away");
        }
        if (limits.isFull()) {
            throw HandshakeRefusal.unavailable("the server is full");
        }
        if (!isProxy(peer) && limits.hasMoreThanItsShare(peer)) {
            throw HandshakeRefusal.tooMany();
        }
    }

    /** Whether what a peer says about its client's address is believed; then the peer's own does not count. */
    boolean isProxy(InetAddress peer) {
        return proxies.isTrusted(peer);
    }

    /** Whose address counts for a request that came from {@code peer}. */
    InetAddress client(InetAddress peer, HandshakeRequest request) {
        return proxies.client(peer, request.getFieldValue("X-Forwarded-For"));
    }

    /** Why a client that has been upgraded cannot stay, or null. */
    @Nullable
    ErrorReply refusal(boolean isCounted, InetAddress client) {
        if (limits.isFull()) {
            return new ErrorReply(ErrorReason.UNAVAILABLE, "the server is full: try later");
        }
        return !isCounted || limits.hasMoreThanItsShare(client)
                ? new ErrorReply(ErrorReason.TOO_MANY_CONNECTIONS, "too many connections from your address")
                : null;
    }

    /** With which code such a client is sent away. */
    static CloseCode refusalCode() {
        return CloseCode.TRY_LATER;
    }
}
