/**
 * WebSocket frames (RFC 6455): decoding, encoding and close codes.
 *
 * <p>The first and the last step of a message's path: the {@link chat.weir.protocol.frame.FrameDecoder} takes bytes
 * from a socket, and each reply and broadcast leaves as a {@link chat.weir.protocol.frame.Frame}.
 */
@NullMarked
package chat.weir.protocol.frame;

import org.jspecify.annotations.NullMarked;
