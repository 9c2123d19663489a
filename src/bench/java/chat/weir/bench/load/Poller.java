package chat.weir.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Waits for the generator's sockets, asleep or spinning. A generator that sleeps has to be woken up by the server, which
 * pays for that more often the slower it is.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Poller {
    private final Selector selector;
    private final boolean spin;
    private long idleNanos;

    Poller(Selector selector, boolean spin) {
        this.selector = selector;
        this.spin = spin;
    }

    /** Processes all ready keys, after waiting at most so long (0: without waiting). Never waits if it spins. */
    void poll(Consumer<SelectionKey> serve, long millis) throws IOException {
        if (spin) {
            spin(serve);
        } else if (millis > 0) {
            selector.select(serve, millis);
        } else {
            selector.selectNow(serve);
        }
    }

    private void spin(Consumer<SelectionKey> serve) throws IOException {
        long before = System.nanoTime();
        if (selector.selectNow(serve) == 0) {
            idleNanos += System.nanoTime() - before;
        }
    }

    /** The time that it has spent without any work. */
    double idleSeconds() {
        return idleNanos / 1e9;
    }
}
