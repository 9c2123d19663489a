/**
 * The origin of a request: the client's address, also behind trusted proxies, the network that counts as one client,
 * and the web page that sent it. Used by the WebSocket server and the HTTP API when a connection opens, before any
 * message.
 */
@NullMarked
package chat.weir.net;

import org.jspecify.annotations.NullMarked;
