/**
 * Who is in a channel: who holds which name, which users are present, and who is typing. The rest of the package is
 * behind the {@link chat.weir.channel.presence.Roster}, of which each {@code chat.weir.channel} has one and whose
 * broadcasts are those of the channel.
 *
 * <p>Not on a message's path, but for the {@link chat.weir.channel.presence.UserIdentity} of its sender, and for the end
 * of the sender's typing.
 */
@NullMarked
package chat.weir.channel.presence;

import org.jspecify.annotations.NullMarked;
