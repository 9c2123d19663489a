package chat.weir.history;

/**
 * A position in the log of all channels, in the order of channels and ids.
 *
 * @param channel the id of a channel; empty: before all
 */
public record LogPosition(String channel, long id) {
    /** Before all messages. */
    public static final LogPosition START = new LogPosition("", 0);
}
