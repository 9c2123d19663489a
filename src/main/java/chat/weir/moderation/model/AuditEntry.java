package chat.weir.moderation.model;

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
    public AuditEntry withDuration(@Nullable Duration left) {
        return new AuditEntry(id, happenedAtMillis, by, byAccount, action, scope, target, reason, left, detail);
    }

    /** The sanction that this action sets or lifts. */
    public Optional<Sanction.Key> sanction() {
        for (SanctionType type : SanctionType.values()) {
            if (action == type.put() || action == type.lift()) {
                return Optional.of(new Sanction.Key(type, scope, target.key()));
            }
        }
        return Optional.empty();
    }
}
