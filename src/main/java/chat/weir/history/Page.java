package chat.weir.history;

import java.util.List;

/**
 * A page of a channel's history.
 *
 * @param messages oldest first
 * @param hasMore whether there are more in the requested direction
 */
public record Page(List<StoredMessage> messages, boolean hasMore) {
    public Page {
        messages = List.copyOf(messages);
    }
}
