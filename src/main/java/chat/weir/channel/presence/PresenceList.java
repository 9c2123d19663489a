package chat.weir.channel.presence;

import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Notification.Event;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The users who are present: each user with an authenticated member once, however many connections they have.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class PresenceList {
    private final Map<String, Present> present = new HashMap<>(4);
    private final int listLimit;

    /** In the order of the names' normal forms; null after a change. */
    private @Nullable List<UserName> sorted;

    /** Users have joined, left or been renamed since the last list was sent. */
    private boolean changed;

    private record Present(UserName name, int connections) {}

    /** @param listLimit the largest number of users that are listed by name */
    PresenceList(int listLimit) {
        this.listLimit = listLimit;
    }

    /**
     * A connection is present under another name than before.
     *
     * @param before null: it was not authenticated
     * @param after null: it is not authenticated any more
     * @return the notification for the others; null: nothing has changed for them
     */
    @Nullable
    Notification change(@Nullable UserName before, @Nullable UserName after) {
        if (Objects.equals(before, after)) {
            return null;
        }
        sorted = null;
        UserName gone = before != null && removeConnection(before) ? before : null;
        UserName come = after != null && addConnection(after) ? after : null;
        changed |= gone != null || come != null;
        if (come != null) {
            return new Notification(gone == null ? Event.JOINED : Event.RENAMED, come, gone);
        }
        return gone == null ? null : new Notification(Event.LEFT, gone, null);
    }

    /** @return whether the user was not present before */
    private boolean addConnection(UserName name) {
        Present before = present.get(name.key());
        int connections = before == null ? 1 : before.connections() + 1;
        present.put(name.key(), new Present(name, connections));
        return before == null;
    }

    /** @return whether that was the user's last connection */
    private boolean removeConnection(UserName name) {
        return present.computeIfPresent(
                        name.key(),
                        (key, before) ->
                                before.connections() == 1 ? null : new Present(before.name(), before.connections() - 1))
                == null;
    }

    /** Whether the users are few enough to be listed by name and announced; never if the limit is 0. */
    boolean isListed() {
        return listLimit > 0 && present.size() <= listLimit;
    }

    /** The present users, in the order of the names' normal forms. */
    Users users(@Nullable String ref) {
        return new Users(isListed() ? sorted() : null, present.size(), ref);
    }

    /** Cached until the next change, since clients may request it often. */
    private List<UserName> sorted() {
        if (sorted == null) {
            sorted = present.values().stream()
                    .map(Present::name)
                    .sorted(Comparator.comparing(UserName::key))
                    .toList();
        }
        return sorted;
    }

    /** Whether users have joined, left or been renamed since the last list was sent. */
    boolean hasChanged() {
        return changed;
    }

    void listSent() {
        changed = false;
    }
}
