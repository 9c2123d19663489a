package chat.weir.websocket;

import chat.weir.protocol.frame.CloseCode;
import chat.weir.websocket.outbox.Outbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The closing of one socket (RFC 6455 section 7.1), and the time that it may take.
 *
 * <p>It has two halves. The server sends a close frame behind all that waits and shuts down its output; then the client has
 * {@value #CLOSE_MILLIS} ms to close its side, during which its input is read and dropped (a socket that is closed with
 * unread bytes is reset, and the client would lose the close frame). Then the socket is closed.
 *
 * <p>Threading: safe.
 */
final class ClosingHandshake {
    static final long CLOSE_MILLIS = 2_000;

    /** A slow client has to read what the kernel holds for it, megabytes perhaps, before it comes to the close frame. */
    private static final long SLOW_CLOSE_NANOS = Duration.ofSeconds(30).toNanos();

    private static final long CLOSE_NANOS = Duration.ofMillis(CLOSE_MILLIS).toNanos();

    private final ControlledSocket socket;
    private final SocketTimeouts timeouts;

    /** The first one counts. */
    private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();

    ClosingHandshake(ControlledSocket socket, SocketTimeouts timeouts) {
        this.socket = socket;
        this.timeouts = timeouts;
    }

    boolean hasBegun() {
        return reason.get() != null;
    }

    /** Begins, unless it has begun. */
    void begin(CloseReason why) {
        if (reason.compareAndSet(null, why)) {
            timeouts.set(socket, why.code() == CloseCode.TOO_SLOW.number() ? SLOW_CLOSE_NANOS : CLOSE_NANOS);
            if (socket.isReleased()) {
                // It has removed its deadline already, so this one would never be removed.
                timeouts.forget(socket);
            }
        }
    }

    /** A close frame has come. @return whether it is the first, and is to be answered */
    boolean received(int code, String text) {
        CloseReason current = reason.get();
        if (current != null) {
            cut(current);
            return false;
        }
        begin(CloseReason.byClient(code, text));
        return true;
    }

    /** What came of writing to the socket. */
    void written(Outbox.Outcome outcome) {
        switch (outcome) {
            case TAKEN -> {}
            case OVERFLOWED -> begin(CloseReason.TOO_SLOW);
            case DROPPED -> begin(CloseReason.BROKEN);
            case FINISHED -> {
                CloseReason current = reason.get();
                if (current != null && current.byClient()) {
                    cut(current);
                }
            }
        }
    }

    /** The client has closed its side of the socket. */
    void endOfInput() {
        CloseReason current = reason.get();
        cut(current == null ? CloseReason.GONE : current);
    }

    /** Its time is up. @return false if it has not begun */
    boolean expired() {
        CloseReason current = reason.get();
        if (current != null) {
            cut(current);
        }
        return current != null;
    }

    private void cut(CloseReason how) {
        socket.closeConnection(how.code(), how.reason(), how.byClient());
    }
}
