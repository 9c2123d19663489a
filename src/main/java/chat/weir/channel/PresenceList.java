package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Notification.Event;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The users who are present: each user with an authenticated member once, however many connections they have.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class PresenceList {
    private final Map<String, Present> present = new HashMap<>(4);
    private final int listLimit;

    /** In the order of the names' normal forms; null when somebody has come or gone since. */
    private @Nullable List<UserName> sorted;

    /** Lists have been asked for by a change since the last. */
    private boolean changed;

    private record Present(UserName name, int connections) {}

    /** @param listLimit the most people that are listed by name */
    PresenceList(int listLimit) {
        this.listLimit = listLimit;
    }

    /**
     * Takes over under which name a member is authenticated now, if it is.
     *
     * @return what has changed for the others; null: nothing
     */
    @Nullable
    Notification settle(Member member) {
        UserName before = member.presentAs;
        UserName after = member.confirmedName();
        if (before == null ? after == null : before.equals(after)) {
            return null;
        }
        member.presentAs = after;
        sorted = null;
        UserName gone = before != null && removeConnection(before) ? before : null;
        UserName come = after != null && addConnection(after) ? after : null;
        changed |= gone != null || come != null;
        if (come != null) {
            return new Notification(gone == null ? Event.JOINED : Event.RENAMED, come, gone);
        }
        return gone == null ? null : new Notification(Event.LEFT, gone, null);
    }

    /** @return whether he was not here before */
    private boolean addConnection(UserName name) {
        Present before = present.get(name.key());
        int connections = before == null ? 1 : before.connections() + 1;
        present.put(name.key(), new Present(name, connections));
        return before == null;
    }

    /** @return whether that was his last */
    private boolean removeConnection(UserName name) {
        return present.computeIfPresent(
                        name.key(),
                        (key, before) ->
                                before.connections() == 1 ? null : new Present(before.name(), before.connections() - 1))
                == null;
    }

    /** Somebody has come back on another connection: for the others nothing has happened. */
    static void pass(Member from, Member to) {
        if (to.presentAs == null) {
            to.presentAs = from.presentAs;
            from.presentAs = null;
        }
    }

    /** So few that their names are listed, and their coming and going is told; nobody is where the limit is 0. */
    boolean isListed() {
        return listLimit > 0 && present.size() <= listLimit;
    }

    /** Who is here, in the order of the names' normal forms. */
    Users users(@Nullable String ref) {
        return new Users(isListed() ? sorted() : null, present.size(), ref);
    }

    /** Kept until somebody comes or goes: a client may ask again and again. */
    private List<UserName> sorted() {
        if (sorted == null) {
            sorted = present.values().stream()
                    .map(Present::name)
                    .sorted(Comparator.comparing(UserName::key))
                    .toList();
        }
        return sorted;
    }

    /** Somebody has come, gone or changed his name since the last time that this was asked. */
    boolean hasChanged() {
        return changed;
    }

    void listSent() {
        changed = false;
    }
}
