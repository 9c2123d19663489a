/**
 * Where a request comes from: the address of the client, also behind proxies that are trusted, and the web page whose
 * browser sends it. The WebSocket server and the HTTP API ask the same questions here.
 */
@NullMarked
package chat.weir.net;

import org.jspecify.annotations.NullMarked;
