/**
 * The wire protocol: client and server envelopes, their JSON form, and the rules for names and channel ids.
 *
 * <p>On a message's path between the frames and the commands: text comes in as a
 * {@link chat.weir.protocol.ClientEnvelope} and goes out as a {@link chat.weir.protocol.ServerEnvelope}. It knows no
 * sockets, channels or clocks.
 */
@NullMarked
package chat.weir.protocol;

import org.jspecify.annotations.NullMarked;
