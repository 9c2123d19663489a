package chat.weir.protocol.frame;

/**
 * The connection must be closed with this code and reason. Has no stack trace, see {@link chat.weir.protocol.ChatException}.
 */
public final class DisconnectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    public DisconnectException(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public CloseCode code() {
        return code;
    }

    /** The reason in the close frame, which is truncated to 123 bytes. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
