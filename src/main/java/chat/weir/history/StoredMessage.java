package chat.weir.history;

/**
 * A message as the log has it.
 *
 * @param timestamp in Unix seconds
 */
public record StoredMessage(long id, long timestamp, Author author, String text) {}
