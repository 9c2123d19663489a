package chat.weir.moderation;

import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The moderators of each channel, in memory.
 *
 * <p>Threading: safe; changed by {@link AuditSync} only, under its lock.
 */
final class ModeratorIndex {
    private final Set<Seat> seats = ConcurrentHashMap.newKeySet();

    /** An account is moderator of a channel. */
    record Seat(ChannelId channel, long account) {}

    boolean contains(Seat seat) {
        return seats.contains(seat);
    }

    List<Long> of(ChannelId channel) {
        return all().filter(seat -> seat.channel().equals(channel))
                .map(Seat::account)
                .sorted()
                .toList();
    }

    List<ChannelId> channels(long account) {
        return all().filter(seat -> seat.account() == account)
                .map(Seat::channel)
                .toList();
    }

    Stream<Seat> all() {
        return seats.stream();
    }

    int size() {
        return seats.size();
    }

    void set(Seat seat, boolean isTaken) {
        if (isTaken) {
            seats.add(seat);
        } else {
            seats.remove(seat);
        }
    }
}
