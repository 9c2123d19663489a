/**
 * The origin of a request: the client's address, also behind trusted proxies, and the web page that sent it. Used by
 * the WebSocket server and the HTTP API.
 */
@NullMarked
package chat.weir.net;

import org.jspecify.annotations.NullMarked;
