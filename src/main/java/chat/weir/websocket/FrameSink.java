package chat.weir.websocket;

/** Takes what a {@link FrameDecoder} finds, in the order in which the client sent it. */
interface FrameSink {
    /** A whole message, text or binary: valid UTF-8 in an array that is used again after the call. */
    void onMessage(byte[] utf8, int length);

    void onPing(byte[] payload);

    void onPong();

    /** The client closes; {@code code} is 0 if it gave none. */
    void onClose(int code, String reason);
}
