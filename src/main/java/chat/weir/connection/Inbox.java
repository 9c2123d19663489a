package chat.weir.connection;

import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ErrorReply;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection's envelopes in their order while one of them is away on an errand: what comes meanwhile is parked,
 * so that a client may send a login and a message in one go. It also keeps a client from having more than one errand
 * under way, whatever it asks for.
 *
 * <p>Threading: guarded by this. At any time one thread handles the connection's envelopes: the one that reads it, or
 * from {@link #hold} until {@link #next} says that there is nothing more, the one that runs the errand.
 */
final class Inbox {
    static final int MAX_PARKED = 64;

    @GuardedBy("this")
    private @Nullable Queue<ClientEnvelope> parked;

    @GuardedBy("this")
    private boolean held;

    @GuardedBy("this")
    private boolean ended;

    /**
     * Whether the envelope has to wait; then it is parked.
     *
     * @throws ErrorReply 429 if too much waits already
     */
    synchronized boolean parks(ClientEnvelope envelope) {
        if (!held) {
            return false;
        }
        if (parked == null) {
            parked = new ArrayDeque<>();
        }
        if (parked.size() >= MAX_PARKED) {
            throw ErrorReply.tooMany("too much at once: wait for the answers to what you have sent", 1_000);
        }
        parked.add(envelope);
        return true;
    }

    /** Whether the end of the connection has to wait until what was sent before it is done. */
    synchronized boolean parksEnd() {
        ended |= held;
        return held;
    }

    /** An end was parked, and everything before it is done. */
    synchronized boolean hasEnded() {
        return ended && !held;
    }

    /** An errand begins. */
    synchronized void hold() {
        held = true;
    }

    /** The next envelope to handle; null: there is none, and the reading thread handles them again. */
    synchronized @Nullable ClientEnvelope next() {
        ClientEnvelope next = parked == null ? null : parked.poll();
        if (next == null) {
            parked = null;
            held = false;
        }
        return next;
    }
}
