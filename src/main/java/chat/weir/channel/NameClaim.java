package chat.weir.channel;

import chat.weir.history.Author;
import org.jspecify.annotations.Nullable;

/**
 * A member's wish for a name.
 *
 * @param participant who claims it
 * @param resume the secret that the claimant got with the name when he held it before
 * @param predecessor whose place the claimant takes, in every channel that both are in; the secret has shown that he may
 */
public record NameClaim(
        Author author, Participant participant, @Nullable String resume, Member.@Nullable Owner predecessor) {

    public NameClaim(Author author, Participant participant, @Nullable String resume) {
        this(author, participant, resume, null);
    }

    /** The same by that person, who takes that one's place. */
    NameClaim by(Participant who, Member.@Nullable Owner owner) {
        return new NameClaim(author, who, resume, owner);
    }

    /**
     * What came of it.
     *
     * @param secret null: another holds the name, and nothing has changed
     * @param confirmed the name was confirmed before, so there is nothing to wait for
     * @param participant who the claimant is: whoever held the name before, if the claim's secret is his
     * @param replaced who has lost the name to the claimant, and has to be told
     */
    public record Result(
            @Nullable String secret,
            @Nullable Participant participant,
            boolean confirmed,
            @Nullable Member replaced) {
        public static final Result TAKEN = new Result(null, null, false, null);

        public boolean isGranted() {
            return secret != null;
        }
    }
}
