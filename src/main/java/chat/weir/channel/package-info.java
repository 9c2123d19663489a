/**
 * Channels: the members, their names, and what is published, in one order for all members.
 *
 * <p>A channel collects frames and delivers them through the {@link chat.weir.channel.broadcast.Broadcaster}: what was
 * published since its last broadcast cycle goes to each member as one batch. It knows a connection only as a
 * {@link chat.weir.channel.ChannelClient}.
 */
@NullMarked
package chat.weir.channel;

import org.jspecify.annotations.NullMarked;
