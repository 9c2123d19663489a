/**
 * Channels: the members, and what is published, in one order for all members. A channel knows a connection
 * only as a {@link chat.weir.channel.ChannelClient}.
 *
 * <p>On a message's path twice. From {@code command}, {@link chat.weir.channel.Channel#publish} passes the message to
 * the {@link chat.weir.history.MessageLog}; once it is stored, it is encoded for all members and delivered by
 * {@link chat.weir.channel.broadcast}.
 */
@NullMarked
package chat.weir.channel;

import org.jspecify.annotations.NullMarked;
