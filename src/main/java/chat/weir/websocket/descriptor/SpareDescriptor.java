package chat.weir.websocket.descriptor;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file descriptor reserved for {@code accept()}, which must not fail for lack of one: the library would then close the
 * listening socket for good. Unless there are plenty of {@link FreeDescriptors}, it is released right before a socket is
 * accepted and taken again right after; if that fails, the new socket has the last one and is refused. The limits for each
 * kind of connection normally prevent this; it is for descriptors that they do not count.
 *
 * <p>Threading: confined to the selector's thread.
 */
public final class SpareDescriptor {
    private @Nullable SocketChannel spare;

    /** Takes one, unless it is held. @return false if the process has none left */
    public boolean take() {
        if (spare == null) {
            try {
                spare = SocketChannel.open();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    public void letGo() throws IOException {
        if (spare != null) {
            spare.close();
            spare = null;
        }
    }
}
