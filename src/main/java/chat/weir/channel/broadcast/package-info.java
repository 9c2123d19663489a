/**
 * Broadcasts: one write for each member and cycle, however many messages were published in between. A channel fills a
 * {@link chat.weir.channel.broadcast.Batch}, the {@link chat.weir.channel.broadcast.Broadcaster} decides when a cycle
 * runs and on which thread, and the {@link chat.weir.channel.broadcast.BatchWriter} hands the batch to each member's
 * socket.
 */
@NullMarked
package chat.weir.channel.broadcast;

import org.jspecify.annotations.NullMarked;
