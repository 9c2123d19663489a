package chat.weir.channel;

import chat.weir.protocol.JsonCodec;
import java.util.function.LongSupplier;

/**
 * What all channels have in common.
 *
 * @param maxWaitingBytes how much may wait for a channel's next turn before senders are told to try again
 * @param nanoTime a clock that is never set, in nanoseconds
 */
public record ChannelRules(JsonCodec codec, Turns turns, MessageIds ids, int maxWaitingBytes, LongSupplier nanoTime) {}
