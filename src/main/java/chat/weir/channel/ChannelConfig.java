package chat.weir.channel;

import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.channel.presence.ChannelTicker;
import chat.weir.channel.presence.RosterConfig;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.JsonCodec;
import chat.weir.worker.MemoryBudget;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The configuration and services that all channels share.
 *
 * @param log stores messages and gives them their order
 * @param maxWaitingBytes that may wait for a channel's next broadcast cycle before senders get 503
 * @param entryPermits permits for the expiring entries of all channels together
 * @param listLimit the largest number of users that are listed by name
 * @param maxChannels the largest number of channels
 * @param budget for the memory of all that waits for clients; broadcasts are charged to it in any case, replies only if
 *     there is room
 * @param ticker calls channels in which a user is typing, or whose user lists have to be sent
 * @param closing whether the server is stopping: nothing more is published
 * @param metrics counts what is published and delivered
 * @param clock the time of day
 * @param nanoTime a clock that is never set, in nanoseconds
 */
public record ChannelConfig(
        JsonCodec codec,
        Broadcaster broadcaster,
        MessageLog log,
        int maxWaitingBytes,
        Semaphore entryPermits,
        int listLimit,
        int maxChannels,
        MemoryBudget budget,
        ChannelTicker ticker,
        AtomicBoolean closing,
        Metrics metrics,
        Clock clock,
        LongSupplier nanoTime)
        implements RosterConfig {}
