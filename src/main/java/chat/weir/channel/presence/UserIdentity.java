package chat.weir.channel.presence;

import chat.weir.history.Author;
import chat.weir.protocol.UserName;

/**
 * Who a user or program is: the name that everyone sees, and the participant behind it. A connection has one, and every
 * name that it claims or holds in a channel refers to that.
 *
 * <p>Threading: immutable.
 */
public record UserIdentity(Author author, Participant participant) {

    /**
     * A program that publishes by an API key.
     *
     * @param key which key, the same for as long as it is in use
     */
    public static UserIdentity backend(Author author, long key) {
        return new UserIdentity(author, new Participant(Author.BACKEND, key));
    }

    public UserName name() {
        return author.name();
    }

    public boolean isGuest() {
        return participant.isGuest();
    }

    /** Whether it is a user of the account of another one. */
    boolean isSameAccount(UserIdentity other) {
        return !isGuest() && participant.equals(other.participant);
    }
}
