package chat.weir.channel.presence;

import chat.weir.history.Author;
import java.util.random.RandomGenerator;

/**
 * A user or program, independent of its current name: an account, a guest for as long as they keep their names or take
 * them back by their secrets, or a backend.
 *
 * @param account {@link Author#GUEST} for a guest, {@link Author#BACKEND} for a backend
 * @param guest of a guest, random, so that it is unique on all servers; of a backend, its key; 0 for an account
 */
public record Participant(long account, long guest) {

    public static Participant account(long account) {
        return new Participant(account, 0);
    }

    /** A guest without an earlier name. */
    public static Participant newGuest(RandomGenerator random) {
        return new Participant(Author.GUEST, random.nextLong());
    }

    public boolean isGuest() {
        return account == Author.GUEST;
    }
}
