/**
 * Channels: who is in one, who holds which name there, and what is said, in one order for all.
 *
 * <p>A channel delivers through the {@link chat.weir.channel.Broadcaster}: what was published since its last broadcast
 * cycle goes to each member as one batch of frames. It knows a connection only as a
 * {@link chat.weir.channel.ChannelClient}.
 */
@NullMarked
package chat.weir.channel;

import org.jspecify.annotations.NullMarked;
