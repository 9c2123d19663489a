package chat.weir;

/** Something outside the settings keeps the server from running; the message says what, in one line. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
