package chat.weir.account;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.Utf8Order;
import java.util.Comparator;

/**
 * How far an account has read in a channel.
 *
 * @param id everything up to this id has been read
 */
public record ReadPosition(long account, ChannelId channel, long id) {
    /** By account and channel. */
    static final Comparator<ReadPosition> BY_KEY =
            Comparator.comparingLong(ReadPosition::account).thenComparing(ReadPosition::channel, Utf8Order.CHANNELS);
}
