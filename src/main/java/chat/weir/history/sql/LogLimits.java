package chat.weir.history.sql;

/**
 * The capacity of the queue of drafts. Beyond it, senders get an error.
 *
 * @param bytes estimated heap size
 * @param refs how many refs of messages of other processes are remembered; beyond it, the oldest are forgotten
 */
public record LogLimits(int messages, long bytes, int refs) {
    public LogLimits {
        if (messages < 1 || bytes < 1 || refs < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
