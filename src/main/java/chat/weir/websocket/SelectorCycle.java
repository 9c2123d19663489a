package chat.weir.websocket;

import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of the library over the sockets that its selector has found ready.
 *
 * <p>The library removes a socket from the selected keys after reading from it, but not after writing to it: a client that
 * was full once would be tried again in every cycle until it sends something. So the set is cleared at the end of a cycle
 * in which anything was written; the selector finds what is still ready again.
 *
 * <p>Threading: confined to the selector's thread, unless a method says otherwise.
 */
final class SelectorCycle {
    private final SelectorCycleListener afterwork;
    private volatile @Nullable Thread thread;
    private boolean hasWritten;
    private boolean announced;

    SelectorCycle(SelectorCycleListener afterwork) {
        this.afterwork = afterwork;
    }

    void begin() {
        thread = Thread.currentThread();
        afterwork.begin();
    }

    /** A socket that had room again has been written to. */
    void written() {
        hasWritten = true;
    }

    /** Whether {@link #end} is to be called when the cycle is over; true once a cycle. */
    boolean wantsToKnowItsEnd() {
        boolean wants = !announced && (hasWritten || afterwork.hasPendingWork());
        announced |= wants;
        return wants;
    }

    /**
     * Called by any thread after it has closed a socket. The descriptor remains open until the next select, which must not
     * wait for other sockets if the selector waits already. Nor must it if something waits for the end of this cycle: the
     * library breaks a cycle off when it comes upon the socket's key.
     */
    void socketClosed(Selector selector) {
        if (!Thread.currentThread().equals(thread) || hasWritten || announced || afterwork.hasPendingWork()) {
            selector.wakeup();
        }
    }

    /** All sockets of the cycle have been read. */
    void end(Selector selector) {
        if (hasWritten) {
            selector.selectedKeys().clear();
        }
        hasWritten = false;
        announced = false;
        afterwork.end();
    }
}
