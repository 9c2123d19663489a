package chat.weir.websocket;

/**
 * A client's socket as the server sees it: what can end it from outside.
 *
 * <p>Threading: safe.
 */
interface ControlledSocket {
    /** Ends the connection in an orderly way, with a close frame behind all that waits. */
    void close(int code, String reason, boolean byClient);

    /** Ends the connection at once. */
    void closeConnection(int code, String reason, boolean byClient);

    /** The handshake has not come, or the end has not been reached, in time. */
    void deadlinePassed();

    /** The rest of a message has not come in time. */
    void messageOverdue();

    /** Whether the socket has been closed, and its deadlines have been removed. */
    boolean isReleased();

    /** How many bytes wait for the client to take them. */
    int waitingBytes();
}
