/**
 * The sockets: accepting, reading, writing and closing. Only this package and {@link chat.weir.websocket.handshake}
 * know Java-WebSocket, which accepts, selects and reads; this package bounds what a client can make the server hold,
 * which the library does not.
 *
 * <p>The first and the last package on a message's path. In: {@link chat.weir.websocket.ClientSocket},
 * {@link chat.weir.websocket.InboundHandler}, {@link chat.weir.protocol.frame.FrameDecoder},
 * {@link chat.weir.command.SocketListener}. Out: {@link chat.weir.channel.broadcast.BatchWriter},
 * {@link chat.weir.websocket.Outbox}, socket.
 */
@NullMarked
package chat.weir.websocket;

import org.jspecify.annotations.NullMarked;
