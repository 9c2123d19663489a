package chat.weir.moderation;

/**
 * The actor or the target of a moderation action.
 *
 * @param isAdmin of the server, which only the accounts know; whether they are a moderator is known here
 */
public record Actor(Subject subject, boolean isAdmin) {
    public Actor {
        if (isAdmin && subject instanceof Subject.OfGuest) {
            throw new IllegalArgumentException("a guest is no admin");
        }
    }

    /** Two guests of one name may be two people, so this is never said of guests. */
    boolean isSame(Actor other) {
        return subject instanceof Subject.OfAccount && subject.key().equals(other.subject.key());
    }
}
