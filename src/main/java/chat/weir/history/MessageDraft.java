package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;

/**
 * A message to be stored, which has no id yet. Exactly one of {@link #stored} and {@link #failed} is called, once, if
 * {@link MessageLog#append} has taken it.
 */
public interface MessageDraft {
    ChannelId channel();

    Author author();

    String text();

    /**
     * It is safe and may be sent. Called in the order of the ids of each channel, by the log's own thread or within
     * {@code append}; must not wait.
     *
     * @param id unique and rising in the channel
     * @param timestamp in Unix seconds
     */
    void stored(long id, long timestamp);

    /** It could not be stored, or it is not known whether it was; nobody will find it in the history for long. */
    void failed(ChatException why);
}
