package chat.weir.websocket;

/** Takes what a {@link FrameDecoder} finds, in the order in which the client sent it. */
interface FrameHandler {
    /** A whole text message: valid UTF-8 in an array that is used again after the call. */
    void onText(byte[] utf8, int length);

    /** A whole binary message: any bytes, in an array that is used again after the call. */
    void onBinary(byte[] bytes, int length);

    void onPing(byte[] payload);

    void onPong();

    /** The client closes; {@code code} is 0 if it gave none. */
    void onClose(int code, String reason);
}
