package chat.weir.moderation;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: a moderation action that was taken.
 *
 * @param id increasing across all nodes
 * @param happenedAtMillis in Unix milliseconds
 * @param by the actor's name
 * @param byAccount the actor's account id
 * @param duration null: permanent, or the action has no duration
 * @param detail the new role for {@link ModerationAction#ROLE}, the message id for {@link ModerationAction#DELETE},
 *     otherwise empty
 */
public record AuditEntry(
        long id,
        long happenedAtMillis,
        String by,
        long byAccount,
        ModerationAction action,
        Scope scope,
        Subject target,
        Reason reason,
        @Nullable Duration duration,
        String detail) {

    /** A copy with another duration. */
    AuditEntry withDuration(@Nullable Duration left) {
        return new AuditEntry(id, happenedAtMillis, by, byAccount, action, scope, target, reason, left, detail);
    }

    /** The sanction that this action sets or lifts. */
    Optional<Sanction.Key> sanction() {
        for (SanctionType type : SanctionType.values()) {
            if (action == type.put() || action == type.lift()) {
                return Optional.of(new Sanction.Key(type, scope, target.key()));
            }
        }
        return Optional.empty();
    }

    /** The moderator role that this action gives or revokes. */
    Optional<ModeratorIndex.Assignment> assignment() {
        return action == ModerationAction.ROLE
                        && scope instanceof Scope.InChannel in
                        && target instanceof Subject.OfAccount account
                ? Optional.of(new ModeratorIndex.Assignment(in.channel(), account.id()))
                : Optional.empty();
    }
}
