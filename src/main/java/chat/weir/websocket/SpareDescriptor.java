package chat.weir.websocket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file descriptor that is kept back for {@code accept()}, which must never fail for want of one: the library would
 * close the listening socket, for good. Unless {@link FreeDescriptors} are plenty, it is let go right before a socket is
 * accepted and taken again right after; where that fails, the new socket has the last one and is refused. The share of
 * each kind of client is what keeps things from coming this far; this is for what nobody has counted.
 *
 * <p>Threading: confined to the selector's thread.
 */
final class SpareDescriptor {
    private @Nullable SocketChannel spare;

    /** Takes one, unless it is held. @return false if the process has none left */
    boolean take() {
        if (spare == null) {
            try {
                spare = SocketChannel.open();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    void letGo() throws IOException {
        if (spare != null) {
            spare.close();
            spare = null;
        }
    }
}
