package chat.weir.protocol.frame;

/** Receives the frames that a {@link FrameDecoder} decodes, in order of arrival. */
public interface FrameHandler {
    /** A complete text message: valid UTF-8, in an array that is reused after the call. */
    void onText(byte[] utf8, int length);

    /** A complete binary message, in an array that is reused after the call. */
    void onBinary(byte[] bytes, int length);

    void onPing(byte[] payload);

    void onPong();

    /** A close frame; {@code code} is 0 if it has none. */
    void onClose(int code, String reason);
}
