package chat.weir.history;

import chat.weir.protocol.ServerEnvelope;

/**
 * A change in the log.
 *
 * @param seq from the same sequence as the ids of the channel's messages
 * @param timestamp in Unix seconds
 */
public record StoredChange(long seq, long timestamp, Author author, MessageChange change) implements LogEvent {
    @Override
    public ServerEnvelope envelope() {
        return change.envelope(author.name(), seq, timestamp);
    }
}
