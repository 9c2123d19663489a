package chat.weir.http;

import chat.weir.net.TrustedProxies;
import java.net.InetAddress;
import org.eclipse.jetty.server.Request;

/** Finds the address of a request's client. */
final class ClientAddress {
    private ClientAddress() {}

    /** The client's address as reported by a trusted proxy, otherwise the peer's. */
    static InetAddress of(Request request, TrustedProxies proxies) {
        String forwarded = String.join(",", request.getHeaders().getValuesList("X-Forwarded-For"));
        return proxies.client(peer(request), forwarded);
    }

    /** The remote address of the socket. */
    static InetAddress peer(Request request) {
        return HandoverEndPoint.of(request).socket().peer();
    }
}
