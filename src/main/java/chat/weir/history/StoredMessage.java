package chat.weir.history;

import chat.weir.protocol.ServerEnvelope;

/**
 * A message in the log.
 *
 * @param timestamp in Unix seconds
 */
public record StoredMessage(long id, long timestamp, Author author, String text) {
    /** The message as clients receive it. */
    public ServerEnvelope.Message envelope() {
        return new ServerEnvelope.Message(text, timestamp, author.name(), id);
    }
}
