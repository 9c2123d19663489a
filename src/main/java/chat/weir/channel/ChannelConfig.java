package chat.weir.channel;

import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.JsonCodec;
import chat.weir.worker.MemoryBudget;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What all channels have in common.
 *
 * @param log gives what is said its order
 * @param maxWaitingBytes how much may wait for a channel's next broadcast cycle before senders are told to try again
 * @param memoryPlaces how many things all channels together may still remember
 * @param listLimit the most people of a channel that are listed by name
 * @param maxChannels how many channels there may be
 * @param budget how much all that waits for clients may take; what all hear is charged to it in any case, replies only
 *     as far as there is room
 * @param ticker calls channels in which somebody writes, or whose lists of people have to be sent
 * @param closing nothing more is said in any channel
 * @param metrics counts what is said and delivered
 * @param clock the time of day
 * @param nanoTime a clock that is never set, in nanoseconds
 */
public record ChannelConfig(
        JsonCodec codec,
        Broadcaster broadcaster,
        MessageLog log,
        int maxWaitingBytes,
        Semaphore memoryPlaces,
        int listLimit,
        int maxChannels,
        MemoryBudget budget,
        ChannelTicker ticker,
        AtomicBoolean closing,
        Metrics metrics,
        Clock clock,
        LongSupplier nanoTime) {}
