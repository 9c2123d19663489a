/**
 * The opening handshake (RFC 6455, section 4): reads the request header, checks limits and origin, and decides between
 * a WebSocket, an HTTP request and a refusal. Before the first message of a connection.
 */
@NullMarked
package chat.weir.websocket.handshake;

import org.jspecify.annotations.NullMarked;
