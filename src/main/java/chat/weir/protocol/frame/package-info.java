/**
 * WebSocket frames (RFC 6455): decoding, encoding and close codes.
 *
 * <p>The first and last step on an envelope's path: the decoder takes bytes from a socket, and each reply and
 * broadcast leaves as a {@link chat.weir.protocol.frame.Frame}.
 */
@NullMarked
package chat.weir.protocol.frame;

import org.jspecify.annotations.NullMarked;
