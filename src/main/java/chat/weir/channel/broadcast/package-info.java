/**
 * Broadcasts: one write for each member and cycle, however many messages were published in between.
 *
 * <p>Near the end of a message's path: a channel fills a {@link chat.weir.channel.broadcast.Batch}, the
 * {@link chat.weir.channel.broadcast.Broadcaster} schedules the channel's cycle, and the
 * {@link chat.weir.channel.broadcast.BatchWriter} hands the batch to each member's
 * {@link chat.weir.channel.broadcast.FrameReceiver}, which is the socket's outbox.
 */
@NullMarked
package chat.weir.channel.broadcast;

import org.jspecify.annotations.NullMarked;
