package chat.weir.history.sql;

/**
 * The capacity of the queue of drafts. Beyond it, senders get an error.
 *
 * @param bytes estimated heap size
 */
public record LogLimits(int messages, long bytes) {
    public LogLimits {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
