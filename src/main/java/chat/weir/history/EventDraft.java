package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;

/**
 * An event to be stored, without a position in its channel's order. If {@link MessageLog#append} accepts it, exactly one
 * of {@link #stored} and {@link #failed} is called, once; see {@link ChangeDraft} for two more outcomes of changes.
 */
public interface EventDraft {
    ChannelId channel();

    Author author();

    /** The text that is stored. */
    String text();

    /** What it is, for the texts of errors. */
    String noun();

    /**
     * The event is stored and may be delivered. Called in the channel's order, by the log thread or within {@code
     * append}. Must not block.
     *
     * @param seq unique and increasing in the channel; of a message its id
     * @param timestamp in Unix seconds
     */
    void stored(long seq, long timestamp);

    /**
     * The event is refused, could not be stored, or that is unknown. In the last case, a message is removed from the
     * history later.
     */
    void failed(ChatException why);
}
