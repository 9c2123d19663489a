/**
 * The HTTP server: embedded Jetty, which {@link chat.weir.http.HttpServer} starts and stops. It serves the connections
 * that the package {@code websocket} hands over. {@code RequestHandler} finds the route of a request, checks the
 * access, and runs the route's handler. All failures become problem documents in one place. The files of the web
 * client and the API documents are in the jar, in this package's directory.
 *
 * <p>Code here may block: it runs on threads that the chat does not use. A client is limited by, in this order: the
 * connection limits of the port, the timeouts ({@code HttpTimeouts}), the number of concurrent requests per address
 * ({@code AddressShares}), and the size of a body.
 */
@NullMarked
package chat.weir.http;

import org.jspecify.annotations.NullMarked;
