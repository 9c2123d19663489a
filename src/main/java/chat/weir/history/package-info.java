/**
 * The history of channels. A {@link chat.weir.history.MessageLog} assigns each message its id, which defines the order
 * in the channel, stores it, and reports when it may be delivered.
 */
@NullMarked
package chat.weir.history;

import org.jspecify.annotations.NullMarked;
