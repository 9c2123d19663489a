/**
 * The JSON API, one class per group of routes. It uses the same accounts, moderation and channels as the WebSocket.
 */
@NullMarked
package chat.weir.http.api;

import org.jspecify.annotations.NullMarked;
