package chat.weir.database;

/** The database cannot be used at all. The message gives the reason in one line. */
public final class DatabaseStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseStartException(String message, Throwable cause) {
        super(firstLine(message), cause);
    }

    DatabaseStartException(String message) {
        super(firstLine(message));
    }

    private static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }
}
