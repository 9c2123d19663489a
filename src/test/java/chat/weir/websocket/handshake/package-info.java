/** Tests of {@link chat.weir.websocket.handshake}. */
@NullMarked
package chat.weir.websocket.handshake;

import org.jspecify.annotations.NullMarked;
