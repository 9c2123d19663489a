/** The parts of a route: method and path, access, request, response and problem details (RFC 9457). */
@NullMarked
package chat.weir.http.routing;

import org.jspecify.annotations.NullMarked;
