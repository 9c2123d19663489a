package chat.weir.websocket.descriptor;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An estimate of how many file descriptors the process has left. Counting takes time in proportion to the open ones, so
 * it happens every few seconds; between two counts the estimate follows the number of sockets.
 *
 * <p>Threading: safe.
 */
public final class FreeDescriptors {
    /** Far more than the server opens between two counts besides sockets, such as files and database connections. */
    private static final int MARGIN = 1_024;

    private static final Logger log = LoggerFactory.getLogger(FreeDescriptors.class);

    private final LongSupplier counter;
    private final IntSupplier sockets;

    /** Free descriptors and sockets together, at the last count. */
    private volatile long available;

    /** An estimate that {@link #count} begins; until then no descriptor is free. */
    public FreeDescriptors(LongSupplier counter, IntSupplier sockets) {
        this.counter = counter;
        this.sockets = sockets;
    }

    public void count() {
        try {
            available = counter.getAsLong() + sockets.getAsInt();
        } catch (RuntimeException | Error e) {
            // Counting takes a descriptor too.
            available = 0;
            log.debug("free file descriptors cannot be counted", e);
        }
    }

    /** Whether a few more can be opened for certain. */
    public boolean arePlenty() {
        return available - sockets.getAsInt() > MARGIN;
    }
}
