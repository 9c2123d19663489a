/**
 * The sockets: the only package that knows Java-WebSocket.
 *
 * <p>The library accepts, selects and reads; through its openings (the server factory, the channel around each socket,
 * the subclass of {@code WebSocketImpl}, the draft) this package takes the rest into its own hands: the handshake, the
 * frames in and out, and how a connection ends. Each of these bounds what a client can make the server hold, which the
 * library's own do not.
 *
 * <p>In: {@link chat.weir.websocket.InboundHandler} → {@link chat.weir.websocket.FrameDecoder} → connection. Out:
 * channel → {@link chat.weir.websocket.ClientSocket} → {@link chat.weir.websocket.Outbox} → socket.
 */
@NullMarked
package chat.weir.websocket;

import org.jspecify.annotations.NullMarked;
