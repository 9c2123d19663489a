package chat.weir;

/** The server cannot start for a reason outside the settings; the message states it in one line. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
