package chat.weir.channel;

import chat.weir.history.Author;
import org.jspecify.annotations.Nullable;

/**
 * A member's claim to a name.
 *
 * @param participant who claims it
 * @param resume the secret that the claimant got with the name when they held it before
 * @param predecessor the client whose memberships the claimant takes over, in every channel that both are in; whose secret
 *     it has shown
 */
public record NameClaim(
        Author author,
        Participant participant,
        @Nullable String resume,
        @Nullable ChannelClient predecessor) {

    public NameClaim(Author author, Participant participant, @Nullable String resume) {
        this(author, participant, resume, null);
    }

    /** The same claim by this participant, who replaces that client. */
    NameClaim by(Participant who, @Nullable ChannelClient client) {
        return new NameClaim(author, who, resume, client);
    }

    /**
     * The result of a claim.
     *
     * @param secret null: another holds the name, and nothing has changed
     * @param confirmed the name was confirmed before, so there is nothing to wait for
     * @param participant who the claimant is: the previous holder of the name, if the claim's secret is theirs
     * @param replaced the members who lost the name to the claimant, and must be notified
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
