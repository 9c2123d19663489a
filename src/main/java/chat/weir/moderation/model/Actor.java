package chat.weir.moderation.model;

/**
 * An account or a guest as actor or target of a moderation action.
 *
 * @param isAdmin whether they are an admin of the server. Accounts store this; this package knows only moderators
 */
public record Actor(Subject subject, boolean isAdmin) {
    public Actor {
        if (isAdmin && subject instanceof Subject.OfGuest) {
            throw new IllegalArgumentException("a guest cannot be an admin");
        }
    }

    /** False for guests: two guests with one name may be two people. */
    public boolean isSame(Actor other) {
        return subject instanceof Subject.OfAccount && subject.key().equals(other.subject.key());
    }
}
