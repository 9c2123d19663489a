/**
 * The history of channels: the messages, in the order of their ids, which is the channel's order.
 *
 * <p>The middle of a message's path: a {@link chat.weir.history.MessageLog} assigns each message its id, stores it, and
 * reports when it may be delivered. Without a database, and for private chats with a guest, the log is in memory.
 */
@NullMarked
package chat.weir.history;

import org.jspecify.annotations.NullMarked;
