/**
 * The output of a connection: frames go straight to the socket, and what it does not take waits within bounds. Independent of
 * the library.
 */
@NullMarked
package chat.weir.websocket.outbox;

import org.jspecify.annotations.NullMarked;
