package chat.weir.history;

import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Optional;

/**
 * Messages of an account, found by reading a part of the log.
 *
 * @param next where to continue; empty at the end of the log
 */
public record AccountMessages(List<Found> found, Optional<LogPosition> next) {
    public AccountMessages {
        found = List.copyOf(found);
    }

    /** Where a message is, and its author. */
    public record Found(ChannelId channel, long id, Author author) {}
}
