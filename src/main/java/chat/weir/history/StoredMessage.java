package chat.weir.history;

import chat.weir.protocol.HistoryMessage;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.ServerEnvelope;
import java.util.Set;

/**
 * A message in the log, in its current state.
 *
 * @param timestamp in Unix seconds
 * @param replyTo the id of the message that this one answers; {@link #NONE}: it answers none
 * @param editedAt when it was last edited, in Unix seconds; {@link #NONE}: never
 */
public record StoredMessage(
        long id, long timestamp, Author author, String text, long replyTo, long editedAt, Reactions reactions)
        implements LogEvent {
    /** No message, or no time. */
    public static final long NONE = 0;

    /** A message that answers none, and has not been changed. */
    public StoredMessage(long id, long timestamp, Author author, String text) {
        this(id, timestamp, author, text, NONE, NONE, Reactions.NONE);
    }

    @Override
    public long seq() {
        return id;
    }

    /** The message without its edit time and reactions, which clients receive as changes. */
    @Override
    public ServerEnvelope.Message envelope() {
        return new ServerEnvelope.Message(text, timestamp, author.name(), id, replyTo);
    }

    /**
     * The message with its state, for a page of the history.
     *
     * @param blocked the names, in normal form, whose reactions are left out
     */
    public HistoryMessage inHistory(Set<String> blocked) {
        return new HistoryMessage(id, text, timestamp, author.name(), replyTo, editedAt, reactions.without(blocked));
    }

    StoredMessage edited(String newText, long time) {
        return new StoredMessage(id, timestamp, author, newText, replyTo, time, reactions);
    }

    StoredMessage with(Reactions changed) {
        return new StoredMessage(id, timestamp, author, text, replyTo, editedAt, changed);
    }
}
