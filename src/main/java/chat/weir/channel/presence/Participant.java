package chat.weir.channel.presence;

import chat.weir.history.Author;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A user or program, independent of its current name: an account, a guest for as long as they keep their names or take
 * them back by their secrets, or a backend.
 *
 * @param account {@link Author#GUEST} for a guest, {@link Author#BACKEND} for a backend
 * @param guest of a guest, random, so that it is unique on all servers; of a backend, its key; 0 for an account
 * @param refOwner by which the log distinguishes the {@code ref}s of guests and of backends. Of a guest it is part of their
 *     secrets, so that a guest who reconnects after a restart has the same. It gives no other right, because the server
 *     does not know the secrets of an earlier process.
 */
public record Participant(long account, long guest, long refOwner) {

    public Participant(long account, long guest) {
        this(account, guest, guest);
    }

    public static Participant account(long account) {
        return new Participant(account, 0);
    }

    /**
     * A guest who is new to this process.
     *
     * @param resume a secret from an earlier process; null: none
     */
    public static Participant newGuest(RandomGenerator random, @Nullable String resume) {
        long refOwner = ResumeSecret.refOwner(resume).orElseGet(random::nextLong);
        return new Participant(Author.GUEST, random.nextLong(), refOwner);
    }

    public boolean isGuest() {
        return account == Author.GUEST;
    }
}
