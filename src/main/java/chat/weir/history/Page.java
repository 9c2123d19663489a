package chat.weir.history;

import java.util.List;

/**
 * A part of a channel's history.
 *
 * @param messages oldest first
 * @param hasMore there are more in the direction that was asked for
 */
public record Page(List<StoredMessage> messages, boolean hasMore) {
    public Page {
        messages = List.copyOf(messages);
    }
}
