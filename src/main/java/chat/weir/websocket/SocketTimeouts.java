package chat.weir.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The deadlines of sockets: for the handshake, for the close, or for the end of a message. Few sockets have one at
 * a time, so all are checked a few times a second.
 *
 * <p>Threading: safe.
 */
final class SocketTimeouts {
    private final Map<ControlledSocket, Long> deadlines = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Consumer<ControlledSocket> whenPassed;

    /** Tells each socket whose time is up in this way. */
    SocketTimeouts(LongSupplier nanoTime, Consumer<ControlledSocket> whenPassed) {
        this.nanoTime = nanoTime;
        this.whenPassed = whenPassed;
    }

    /** In place of whatever deadline the socket has. */
    void set(ControlledSocket socket, long nanosFromNow) {
        deadlines.put(socket, nanoTime.getAsLong() + nanosFromNow);
    }

    void forget(ControlledSocket socket) {
        deadlines.remove(socket);
    }

    /** Tells those whose time is up. */
    void check() {
        long now = nanoTime.getAsLong();
        deadlines.forEach((socket, deadline) -> {
            if (now - deadline >= 0 && deadlines.remove(socket, deadline)) {
                whenPassed.accept(socket);
            }
        });
    }
}
