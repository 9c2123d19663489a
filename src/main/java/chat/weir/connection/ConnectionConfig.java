package chat.weir.connection;

import chat.weir.worker.MemoryBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The configuration of all connections.
 *
 * @param basePath taken off the front of every path, such as {@code /api/chat}; empty for none
 * @param silence the time without a heartbeat after which a connection counts as silent
 * @param grace how long a name is held before its holder may send messages
 * @param maxTextLength of a message, in code points
 * @param messageRate messages a second, with bursts of twice that; 0: no limit
 * @param maxChannels that a connection may be in, the URL's included
 * @param maxReplayBytes of missed messages; a client that missed more requests them page by page
 * @param requireAccount whether clients must log in before they receive or send anything
 * @param testMode clients may reset their connections
 * @param pendingCommands limits the memory for commands that wait for earlier ones, of all clients together
 * @param clock the time of day
 * @param nanoTime a clock that is never set, in nanoseconds
 */
public record ConnectionConfig(
        String basePath,
        Duration silence,
        Duration grace,
        int maxTextLength,
        int messageRate,
        int maxChannels,
        int maxReplayBytes,
        boolean requireAccount,
        boolean testMode,
        MemoryBudget pendingCommands,
        Clock clock,
        LongSupplier nanoTime) {}
