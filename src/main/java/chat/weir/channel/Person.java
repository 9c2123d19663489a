package chat.weir.channel;

import chat.weir.history.Author;
import java.util.random.RandomGenerator;

/**
 * Somebody, under whatever name: an account, or a guest for as long as he keeps his names or takes them back by their
 * secrets.
 *
 * @param account {@link Author#GUEST} for a guest
 * @param guest random, so that it is nobody else's on any server; 0 for an account
 */
public record Person(long account, long guest) {

    public static Person account(long account) {
        return new Person(account, 0);
    }

    /** A guest who has not been here before. */
    public static Person newGuest(RandomGenerator random) {
        return new Person(Author.GUEST, random.nextLong());
    }

    public boolean isGuest() {
        return account == Author.GUEST;
    }
}
