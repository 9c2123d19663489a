package chat.weir;

import chat.weir.account.ReadPositions;
import chat.weir.enforcement.RecentSenders;
import chat.weir.history.sql.LogLimits;

/**
 * Divides the heap between everything that clients can make the server store, so that together it never fills the
 * heap: an eighth for outboxes, an eighth for incomplete input, an eighth for channels, a sixteenth for acknowledged
 * messages and released names, a sixteenth for messages that are waiting to be stored, a sixty-fourth for recent
 * senders, a sixty-fourth for refs that other processes have stored, a sixty-fourth for read positions that are
 * waiting to be stored, a thirty-second for queued envelopes, a thirty-second for the private chats of guests, and an
 * eighth for the history if there is no database. The rest is for connections and temporary objects.
 */
final class MemoryLimits {
    /** A key of a name and a ref of 64 characters, an acknowledgement, and their map entry. */
    private static final long BYTES_PER_REF = 400;

    /** What the slowest disk stores in about a second; more would only wait longer. */
    private static final int MAX_WAITING = 20_000;

    /** A channel with one member: its lists, maps and buffers. */
    private static final long BYTES_PER_CHANNEL = 2_000;

    private MemoryLimits() {}

    /** The budget of outboxes, and the budget of incomplete input. */
    static long heldBytes() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    static int expiringEntries() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16 / BYTES_PER_REF);
    }

    /** The maximum number of recent senders. */
    static int recentSenders() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 64 / RecentSenders.BYTES_EACH);
    }

    /** The maximum number of read positions that are waiting to be stored. */
    static int readPositions() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 64 / ReadPositions.BYTES_EACH);
    }

    /** The bytes of envelopes that are queued behind a running command. */
    static long parkedBytes() {
        return Runtime.getRuntime().maxMemory() / 32;
    }

    /** The limits of the message log: of its queue, and of the refs that it reads from the database. */
    static LogLimits waitingMessages() {
        long bytes = Runtime.getRuntime().maxMemory();
        int refs = (int) Math.min(Integer.MAX_VALUE, bytes / 64 / BYTES_PER_REF);
        return new LogLimits(MAX_WAITING, bytes / 16, refs);
    }

    /** The bytes of guests' private chats. */
    static long ephemeralMessages() {
        return Runtime.getRuntime().maxMemory() / 32;
    }

    /** The maximum number of channels. */
    static int channels() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_CHANNEL);
    }

    /** The bytes of the history without a database. */
    static long keptMessages() {
        return Runtime.getRuntime().maxMemory() / 8;
    }
}
