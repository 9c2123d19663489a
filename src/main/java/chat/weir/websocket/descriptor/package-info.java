/**
 * File descriptors for the sockets that are accepted: how many are left, and what happens when none is. Independent of the
 * library.
 */
@NullMarked
package chat.weir.websocket.descriptor;

import org.jspecify.annotations.NullMarked;
