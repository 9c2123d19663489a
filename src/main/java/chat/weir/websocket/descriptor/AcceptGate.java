package chat.weir.websocket.descriptor;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses the accepting of sockets while the process has no file descriptor left for them.
 *
 * <p>Threading: sockets are accepted on the selector's thread; {@link #reopen} is safe.
 */
public final class AcceptGate {
    private static final Logger log = LoggerFactory.getLogger(AcceptGate.class);

    private final FreeDescriptors freeDescriptors;
    private final SpareDescriptor spare;

    /** The listening socket's, while no descriptor is left to accept with; else null. */
    private volatile @Nullable SelectionKey paused;

    public AcceptGate(FreeDescriptors freeDescriptors, SpareDescriptor spare) {
        this.freeDescriptors = freeDescriptors;
        this.spare = spare;
    }

    /**
     * Called before each accept.
     *
     * @throws CancelledKeyException if no descriptor is left; then nothing is accepted until {@link #reopen}. It is the one
     *     exception that the library ignores: for any other it would close the listening socket, or cancel its key
     */
    public void admit(SelectionKey listening) {
        if (freeDescriptors.arePlenty() || hasOne()) {
            return;
        }
        log.warn("no file descriptor is left: accepting connections is paused");
        listening.interestOps(0);
        listening.selector().selectedKeys().remove(listening);
        paused = listening;
        throw new CancelledKeyException();
    }

    private boolean hasOne() {
        try {
            if (spare.take()) {
                spare.letGo();
                return true;
            }
        } catch (IOException e) {
            log.warn("a spare file descriptor could not be let go", e);
        }
        return false;
    }

    /** Accepts again if it was paused. Perhaps a descriptor has become free; if not, the next accept pauses again. */
    public void reopen() {
        SelectionKey listening = paused;
        if (listening != null && listening.isValid()) {
            paused = null;
            listening.interestOps(SelectionKey.OP_ACCEPT);
            listening.selector().wakeup();
        }
    }
}
