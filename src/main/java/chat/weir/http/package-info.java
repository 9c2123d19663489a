/**
 * The HTTP server: embedded Jetty, on the connections that {@code websocket} hands over. A request goes from
 * {@link chat.weir.http.RequestHandler} to a route of {@code http.api} or {@code http.web}; every failure becomes a
 * problem document.
 *
 * <p>Not on the path of a WebSocket's message: HTTP has threads of its own, which may wait. A client is bounded by the
 * connection limits of the port, the timeouts ({@link chat.weir.http.HttpTimeouts}), the requests of one address at
 * once and the size of a body.
 */
@NullMarked
package chat.weir.http;

import org.jspecify.annotations.NullMarked;
