package chat.weir.channel;

import chat.weir.history.MessageIds;
import chat.weir.protocol.JsonCodec;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What all channels have in common.
 *
 * @param maxWaitingBytes how much may wait for a channel's next turn before senders are told to try again
 * @param refPlaces how many {@code ref}s all channels together may still remember
 * @param closing nothing more is said in any channel
 * @param nanoTime a clock that is never set, in nanoseconds
 */
public record ChannelRules(
        JsonCodec codec,
        Turns turns,
        MessageIds ids,
        int maxWaitingBytes,
        Semaphore refPlaces,
        AtomicBoolean closing,
        LongSupplier nanoTime) {}
