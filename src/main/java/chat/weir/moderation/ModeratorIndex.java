package chat.weir.moderation;

import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Optional;
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
    record Assignment(ChannelId channel, long account) {
        /** The moderator role that an action gives or revokes. */
        static Optional<Assignment> of(AuditEntry entry) {
            return entry.action() == ModerationAction.ROLE
                            && entry.scope() instanceof Scope.InChannel in
                            && entry.target() instanceof Subject.OfAccount account
                    ? Optional.of(new Assignment(in.channel(), account.id()))
                    : Optional.empty();
        }
    }

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
