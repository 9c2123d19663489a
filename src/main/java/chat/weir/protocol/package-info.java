/**
 * The words of the wire: what a client may say, what the server answers, how both look as JSON and as WebSocket frames.
 *
 * <p>The first and the last package on a message's path: bytes come in as a {@link chat.weir.protocol.ClientEnvelope}
 * and leave as a {@link chat.weir.protocol.Frame}. Nothing here knows a socket, a channel or a clock.
 */
@NullMarked
package chat.weir.protocol;

import org.jspecify.annotations.NullMarked;
