package chat.weir.websocket;

/** Serves the connections of the port that do not ask for a WebSocket. */
@FunctionalInterface
public interface HttpConnections {
    /** Owns the connection from now on. Called on the selector's thread: never blocks, never throws. */
    void take(HandedOverSocket socket);
}
