package chat.weir.connection;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.worker.MemoryBudget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection's envelopes in order while one of them runs on a worker pool: later ones are parked, so that a
 * client may send a login and a message in one go. A client has at most one command there at
 * a time.
 *
 * <p>Threading: guarded by this. At any time one thread handles the connection's envelopes: the one that reads it, or
 * from {@link #begin} until {@link #next} says that there is nothing more, the one that runs the command.
 */
public final class PendingCommands {
    /** Enough for two thousand short messages, which a client without a limit of rate sends while a command runs. */
    static final int MAX_PARKED_BYTES = 512 * 1024;

    /** Of an envelope that is kept, beside its text. */
    static final int OVERHEAD = 200;

    /** Shared by all connections. */
    private final MemoryBudget budget;

    @GuardedBy("this")
    private @Nullable Queue<Parked> parked;

    @GuardedBy("this")
    private int bytes;

    @GuardedBy("this")
    private boolean busy;

    @GuardedBy("this")
    private boolean ended;

    private record Parked(ClientEnvelope envelope, int bytes) {}

    PendingCommands(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Whether the envelope has to wait; then it is parked.
     *
     * @param frameLength of its frame, in bytes
     * @throws ChatException 429 if too much waits already
     */
    public synchronized boolean parks(ClientEnvelope envelope, int frameLength) {
        if (!busy) {
            return false;
        }
        if (parked == null) {
            parked = new ArrayDeque<>();
        }
        int length = frameLength + OVERHEAD;
        if (bytes + length > MAX_PARKED_BYTES || !budget.take(length)) {
            throw ChatException.tooMany("too much at once: wait for the answers to what you have sent", 1_000);
        }
        bytes += length;
        parked.add(new Parked(envelope, length));
        return true;
    }

    /** Whether the end of the connection has to wait until earlier commands are done. */
    synchronized boolean parksEnd() {
        ended |= busy;
        return busy;
    }

    /** An end was parked, and everything before it is done. */
    public synchronized boolean hasEnded() {
        return ended && !busy;
    }

    /** The client has disconnected, and none of its envelopes waits for the command that runs. */
    synchronized boolean isAbandoned() {
        return ended && (parked == null || parked.isEmpty());
    }

    /** A command goes to a worker pool. @return false if this thread handles what was parked behind another one */
    public synchronized boolean begin() {
        boolean isFirst = !busy;
        busy = true;
        return isFirst;
    }

    /** The next envelope to handle; null: there is none, and the reading thread handles them again. */
    public synchronized @Nullable ClientEnvelope next() {
        Parked next = parked == null ? null : parked.poll();
        if (next == null) {
            parked = null;
            busy = false;
            return null;
        }
        bytes -= next.bytes();
        budget.giveBack(next.bytes());
        return next.envelope();
    }
}
