package chat.weir.channel;

import chat.weir.history.Author;
import org.jspecify.annotations.Nullable;

/**
 * A member's wish for a name.
 *
 * @param resume the secret that the claimant got with the name when he held it before
 * @param predecessor whose place the claimant takes, in every channel that both are in; the secret has shown that he may
 */
public record Claim(Author author, @Nullable String resume, Member.@Nullable Owner predecessor) {

    public Claim(Author author, @Nullable String resume) {
        this(author, resume, null);
    }

    /** The same by somebody who takes that one's place. */
    public Claim inPlaceOf(Member.@Nullable Owner owner) {
        return new Claim(author, resume, owner);
    }

    /**
     * What came of it.
     *
     * @param secret null: another holds the name, and nothing has changed
     * @param confirmed the name was confirmed before, so there is nothing to wait for
     * @param replaced who has lost the name to the claimant, and has to be told
     */
    public record Result(
            @Nullable String secret,
            boolean confirmed,
            @Nullable Member replaced) {
        public static final Result TAKEN = new Result(null, false, null);

        public boolean isGranted() {
            return secret != null;
        }
    }
}
