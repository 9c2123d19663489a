package chat.weir.http;

import chat.weir.net.TrustedProxies;
import java.net.InetAddress;
import org.eclipse.jetty.server.Request;

/** Where a request comes from. */
final class ClientAddress {
    private ClientAddress() {}

    /** The client's, as far as a trusted proxy tells it; otherwise the peer's. */
    static InetAddress of(Request request, TrustedProxies proxies) {
        String forwarded = String.join(",", request.getHeaders().getValuesList("X-Forwarded-For"));
        return proxies.client(peer(request), forwarded);
    }

    /** The other end of the socket. */
    static InetAddress peer(Request request) {
        return HandoverEndPoint.of(request).socket().peer();
    }
}
