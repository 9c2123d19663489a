package chat.weir.websocket.handshake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The place of one accepted connection in the {@link ConnectionLimits}: one of all, and one of its address once that is
 * known. Lives as long as the connection, whichever server holds it.
 *
 * <p>Threading: safe; guarded by this.
 */
public final class ConnectionSlot {
    private final ConnectionLimits limits;

    @GuardedBy("this")
    private @Nullable InetAddress address;

    @GuardedBy("this")
    private boolean released;

    /** Takes over one that {@link ConnectionLimits#enter()} has counted. */
    public ConnectionSlot(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Counts the connection for an address, once; false if that address has far more than its share. */
    public synchronized boolean countFor(InetAddress client) {
        if (address != null) {
            return true;
        }
        if (released || !limits.enter(client)) {
            return false;
        }
        address = client;
        return true;
    }

    /** Gives the place back; false if that has been done before. */
    public synchronized boolean release() {
        if (released) {
            return false;
        }
        released = true;
        limits.leave();
        if (address != null) {
            limits.leave(address);
        }
        return true;
    }
}
