/**
 * What a route consists of: method and path, access, request, response and problem details (RFC 9457).
 * {@link chat.weir.http.routing.Routes} finds the route of a request.
 */
@NullMarked
package chat.weir.http.routing;

import org.jspecify.annotations.NullMarked;
