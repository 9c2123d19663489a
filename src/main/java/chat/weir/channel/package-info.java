/**
 * Channels: who is in one, who holds which name there, and what is said, in one order for all.
 *
 * <p>A channel hands everything that it has to say to its {@link chat.weir.channel.Broadcaster turns}: what was said since
 * the last turn goes to each member as one run of frames. It knows of a connection only that it is a
 * {@link chat.weir.channel.ChannelClient}.
 */
@NullMarked
package chat.weir.channel;

import org.jspecify.annotations.NullMarked;
