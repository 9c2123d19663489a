/**
 * The wire protocol: client and server envelopes, their JSON form, and WebSocket frames.
 *
 * <p>This is the first and last package on a message's path: bytes come in as a {@link
 * chat.weir.protocol.ClientEnvelope} and go out as a {@link chat.weir.protocol.Frame}. It knows no sockets, channels
 * or clocks.
 */
@NullMarked
package chat.weir.protocol;

import org.jspecify.annotations.NullMarked;
