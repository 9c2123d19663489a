package chat.weir;

import chat.weir.enforcement.RecentSenders;
import chat.weir.history.sql.LogLimits;

/**
 * How the heap is shared out among what clients can make the server hold, so that all of it together never fills it:
 * an eighth for what waits for clients, replies included, an eighth for what has been sent in part, an eighth for
 * channels, a sixteenth for what is
 * remembered of acknowledged messages and of names, a sixteenth for what waits to be stored, a sixty-fourth for who has
 * spoken lately, a
 * thirty-second for what waits for an answer to what its client sent before, a thirty-second for the private chats of
 * guests, and an eighth for history where there is no database. The rest is for the connections themselves and for what
 * passes through.
 */
final class MemoryLimits {
    /** A key of a name and a ref of 64 characters, an acknowledgement, and their place in a map. */
    private static final long BYTES_A_REF = 400;

    /** A second's worth, at the least that any disk does; more would only wait longer. */
    private static final int MAX_WAITING = 20_000;

    /** An empty one with a member: its lists, maps and buffers. */
    private static final long BYTES_A_CHANNEL = 2_000;

    private MemoryLimits() {}

    /** In each direction. */
    static long heldBytes() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    static int expiringEntries() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16 / BYTES_A_REF);
    }

    /** Who have spoken lately. */
    static int recentSenders() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 64 / RecentSenders.BYTES_EACH);
    }

    /** Of envelopes that wait for the one before them. */
    static long parkedBytes() {
        return Runtime.getRuntime().maxMemory() / 32;
    }

    /** To be stored. */
    static LogLimits waitingMessages() {
        return new LogLimits(MAX_WAITING, Runtime.getRuntime().maxMemory() / 16);
    }

    /** Of the private chats of guests. */
    static long passingMessages() {
        return Runtime.getRuntime().maxMemory() / 32;
    }

    /** Channels that there may be at a time. */
    static int channels() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8 / BYTES_A_CHANNEL);
    }

    /** Where there is no database. */
    static long keptMessages() {
        return Runtime.getRuntime().maxMemory() / 8;
    }
}
