/**
 * History: what was said, kept in the order in which it was stored, which is the channel's order. A
 * {@link chat.weir.history.MessageLog} gives each message its id, hands it back to be sent once it is safe, and finds
 * it again.
 */
@NullMarked
package chat.weir.history;

import org.jspecify.annotations.NullMarked;
