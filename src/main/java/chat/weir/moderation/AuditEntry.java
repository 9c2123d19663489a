package chat.weir.moderation;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A moderation action that was taken.
 *
 * @param id increasing, on all nodes
 * @param happenedAtMillis in Unix milliseconds
 * @param by the name of the one who took it
 * @param byAccount the id of his account
 * @param duration null: for good, or the moderation action has none
 * @param detail of {@link ModerationAction#ROLE} the new role, of {@link ModerationAction#DELETE} the message's id;
 *     else empty
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

    /** The same with another duration. */
    AuditEntry lasting(Duration left) {
        return new AuditEntry(id, happenedAtMillis, by, byAccount, action, scope, target, reason, left, detail);
    }

    /** The sanction that has been put or lifted. */
    Optional<Sanction.Key> sanction() {
        for (SanctionType type : SanctionType.values()) {
            if (action == type.put() || action == type.lift()) {
                return Optional.of(new Sanction.Key(type, scope, target.key()));
            }
        }
        return Optional.empty();
    }

    /** Who was made moderator of which channel, or is none any more. */
    Optional<ModeratorIndex.Seat> seat() {
        return action == ModerationAction.ROLE
                        && scope instanceof Scope.InChannel in
                        && target instanceof Subject.OfAccount account
                ? Optional.of(new ModeratorIndex.Seat(in.channel(), account.id()))
                : Optional.empty();
    }
}
