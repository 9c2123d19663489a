package chat.weir.protocol.frame;

/** Receives the frames that a {@link FrameDecoder} decodes, in order of arrival. */
public interface FrameHandler {
    /** A whole text message: valid UTF-8 in an array that is used again after the call. */
    void onText(byte[] utf8, int length);

    /** A whole binary message: any bytes, in an array that is used again after the call. */
    void onBinary(byte[] bytes, int length);

    void onPing(byte[] payload);

    void onPong();

    /** The client closes; {@code code} is 0 if it gave none. */
    void onClose(int code, String reason);
}
