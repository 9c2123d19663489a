package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;

/**
 * A message to be stored, without an id. If {@link MessageLog#append} accepts it, exactly one of {@link #stored} and
 * {@link #failed} is called, once.
 */
public interface MessageDraft {
    ChannelId channel();

    Author author();

    String text();

    /**
     * The message is stored and may be delivered. Called in id order per channel, by the log thread or within {@code
     * append}. Must not block.
     *
     * @param id unique and increasing in the channel
     * @param timestamp in Unix seconds
     */
    void stored(long id, long timestamp);

    /** The message could not be stored, or that is unknown. In the latter case it is removed from the history later. */
    void failed(ChatException why);
}
