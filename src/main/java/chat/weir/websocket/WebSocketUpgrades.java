package chat.weir.websocket;

import chat.weir.websocket.handshake.UpgradeRejection;
import java.nio.ByteBuffer;
import java.util.Map;

/** Takes back connections on which an HTTP client, or a proxy on its behalf, asks for a WebSocket after other requests. */
public interface WebSocketUpgrades {

    /**
     * Checks a request that asks for a WebSocket.
     *
     * @param header the request line and fields as HTTP/1.1 text, with the empty line at the end
     * @return the fields of the 101 response, which the caller sends
     * @throws UpgradeRejection if the request is refused
     */
    Map<String, String> accept(HandedOverSocket socket, String header);

    /**
     * Continues a connection as a WebSocket, after the 101 response. From any thread.
     *
     * @param header as given to {@link #accept}
     * @param frames what the client sent behind the request
     */
    void takeBack(HandedOverSocket socket, String header, ByteBuffer frames);
}
