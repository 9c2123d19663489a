package chat.weir.connection;

import chat.weir.worker.MemoryBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all connections have in common.
 *
 * @param basePath taken off the front of every path, such as {@code /api/chat}; empty for none
 * @param silence how long a connection may send no heartbeat before it counts as silent
 * @param grace how long a name is held before its holder may speak
 * @param maxTextLength of a message, in code points
 * @param messageRate messages a second; bursts of twice that are let through; 0: no limit
 * @param maxChannels that a connection may be in, the URL's included
 * @param maxReplayBytes of what was missed; who missed more has to ask for it by pages
 * @param requireAccount who is not logged in hears nothing and may do nothing but log in
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
