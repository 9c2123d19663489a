package chat.weir.protocol.frame;

/**
 * A connection cannot go on: it is closed with this code and reason. Carries no stack trace, see {@link chat.weir.protocol.ChatException}.
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

    /** Goes into the close frame; at most 123 bytes of it arrive. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
