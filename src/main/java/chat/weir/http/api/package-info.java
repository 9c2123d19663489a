/**
 * The JSON API: one class for each group of routes. The routes use the same accounts, moderation and channels as the
 * socket.
 */
@NullMarked
package chat.weir.http.api;

import org.jspecify.annotations.NullMarked;
