package chat.weir.channel.presence;

import org.jspecify.annotations.Nullable;

/**
 * A member's claim to a name.
 *
 * @param identity who claims it, with the name
 * @param resume the secret that the claimant got with the name when they held it before
 * @param predecessor the client whose memberships the claimant takes over, in every channel that both are in; whose secret
 *     it has shown
 */
public record NameClaim(
        UserIdentity identity,
        @Nullable String resume,
        @Nullable NameOwner predecessor) {

    public NameClaim(UserIdentity identity, @Nullable String resume) {
        this(identity, resume, null);
    }

    /** The same claim by this participant, who replaces that client. */
    NameClaim by(Participant participant, @Nullable NameOwner client) {
        return new NameClaim(new UserIdentity(identity.author(), participant), resume, client);
    }

    /**
     * The result of a claim.
     *
     * @param secret null: another holds the name, and nothing has changed
     * @param confirmed the name was confirmed before, so there is nothing to wait for
     * @param identity who the claimant is: the previous holder of the name, if the claim's secret is theirs
     * @param replaced the client that lost the name to the claimant, and must be notified
     */
    public record Result(
            @Nullable String secret,
            @Nullable UserIdentity identity,
            boolean confirmed,
            @Nullable NameOwner replaced) {
        public static final Result TAKEN = new Result(null, null, false, null);

        public boolean isGranted() {
            return secret != null;
        }
    }
}
