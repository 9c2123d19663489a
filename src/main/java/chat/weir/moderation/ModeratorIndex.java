package chat.weir.moderation;

import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The moderators of each channel, in memory.
 *
 * <p>Threading: safe; changed only by {@link AuditSync}, under its lock.
 */
final class ModeratorIndex {
    private final Set<Assignment> assignments = ConcurrentHashMap.newKeySet();

    /** The moderator role of an account in a channel. */
    record Assignment(ChannelId channel, long account) {}

    boolean contains(Assignment assignment) {
        return assignments.contains(assignment);
    }

    List<Long> of(ChannelId channel) {
        return all().filter(assignment -> assignment.channel().equals(channel))
                .map(Assignment::account)
                .sorted()
                .toList();
    }

    List<ChannelId> channels(long account) {
        return all().filter(assignment -> assignment.account() == account)
                .map(Assignment::channel)
                .toList();
    }

    Stream<Assignment> all() {
        return assignments.stream();
    }

    int size() {
        return assignments.size();
    }

    void set(Assignment assignment, boolean isModerator) {
        if (isModerator) {
            assignments.add(assignment);
        } else {
            assignments.remove(assignment);
        }
    }
}
