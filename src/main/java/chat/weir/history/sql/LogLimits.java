package chat.weir.history.sql;

/**
 * How much may wait to be stored before senders are told to try again.
 *
 * @param bytes estimated
 */
public record LogLimits(int messages, long bytes) {
    public LogLimits {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException("nothing could ever be stored");
        }
    }
}
