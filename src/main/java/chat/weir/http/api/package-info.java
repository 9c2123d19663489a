/**
 * The JSON API: one class for each group of routes, which {@link chat.weir.http.api.ApiRoutes} lists.
 *
 * <p>A message that a backend posts enters its channel here. The routes use the same accounts, moderation and channels
 * as the WebSocket, on threads that may wait.
 */
@NullMarked
package chat.weir.http.api;

import org.jspecify.annotations.NullMarked;
