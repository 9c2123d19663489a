/**
 * The HTTP API and the web client, on embedded Jetty, which {@link chat.weir.http.HttpServer} starts and stops. It
 * serves the connections that the package {@code websocket} hands over. The client's files and the API's documents are
 * in the jar, in this package's directory. A request goes from {@code RequestHandler} through the table of routes,
 * which says who may ask, to the class that answers for its group of routes; whatever goes wrong on the way becomes a
 * problem document in one place.
 *
 * <p>Everything here may wait, on threads of its own that the chat does not share. What bounds a client, in this order:
 * the connection limits of the port, the timeouts ({@code HttpTimeouts}), the requests of one address at once ({@code
 * AddressShares}), the size of a body.
 */
@NullMarked
package chat.weir.http;

import org.jspecify.annotations.NullMarked;
