/**
 * The HTTP API and the web client, over the JDK's own server: {@link chat.weir.http.HttpApi} starts and stops it. The
 * client's files and the API's documents are in the jar, in this package's directory. A request goes from
 * {@code RequestHandler} through the table of routes, which says who may ask, to the class that answers for its group
 * of routes; whatever goes wrong on the way becomes a problem document in one place.
 *
 * <p>Everything here may wait, on threads of its own that the chat does not share. The order of what bounds a client:
 * the JDK server's properties ({@code ServerLimits}), the time a client may keep a thread waiting
 * ({@code RequestThreads}), the requests of one address at once ({@code AddressShares}), the size of a body.
 */
@NullMarked
package chat.weir.http;

import org.jspecify.annotations.NullMarked;
