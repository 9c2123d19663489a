/**
 * The web client, the API descriptions, the health checks and the metrics, which {@link chat.weir.http.web.WebRoutes}
 * lists. No message passes through here.
 */
@NullMarked
package chat.weir.http.web;

import org.jspecify.annotations.NullMarked;
