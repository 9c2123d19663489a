package chat.weir.command;

import chat.weir.protocol.frame.DisconnectException;

/**
 * Takes what one client sends on its open WebSocket.
 *
 * <p>Threading: what the client sends comes on one thread at a time, in the order in which it was sent; {@link #close}
 * and {@link #closed} may come on any thread.
 */
public interface SocketListener {
    /**
     * Takes a text message.
     *
     * @param utf8 valid UTF-8 from the array's beginning; the array is used again after the call
     */
    void receiveText(byte[] utf8, int length);

    /**
     * Takes a binary message.
     *
     * @param bytes any, from the array's beginning; the array is used again after the call
     * @throws DisconnectException to close the connection with the code and the reason given
     */
    void receiveBinary(byte[] bytes, int length);

    /** Takes a ping and answers it. */
    void receivePing(byte[] payload);

    /** Takes the answer to a ping. */
    void receivePong();

    /** Ends the connection with a close frame, behind all that waits to be sent. */
    void close(int code, String reason);

    /** The socket is gone. */
    void closed();

    /** The id of the channel that the URL named, for logs. */
    String channel();
}
