package chat.weir.moderation;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measure that was taken.
 *
 * @param id increasing, on all nodes
 * @param happenedAtMillis in Unix milliseconds
 * @param by the name of the one who took it
 * @param byAccount the id of his account
 * @param duration null: for good, or the measure has none
 * @param detail of {@link Measure#ROLE} the new role, of {@link Measure#DELETE} the message's id; else empty
 */
public record AuditLine(
        long id,
        long happenedAtMillis,
        String by,
        long byAccount,
        Measure measure,
        Scope scope,
        Subject whom,
        Reason reason,
        @Nullable Duration duration,
        String detail) {

    /** The same with another duration. */
    AuditLine lasting(Duration left) {
        return new AuditLine(id, happenedAtMillis, by, byAccount, measure, scope, whom, reason, left, detail);
    }

    /** The sanction that has been put or lifted. */
    Optional<Sanction.Key> sanction() {
        for (Kind kind : Kind.values()) {
            if (measure == kind.put() || measure == kind.lift()) {
                return Optional.of(new Sanction.Key(kind, scope, whom.key()));
            }
        }
        return Optional.empty();
    }

    /** Who was made moderator of which channel, or is none any more. */
    Optional<Moderators.Seat> seat() {
        return measure == Measure.ROLE
                        && scope instanceof Scope.InChannel in
                        && whom instanceof Subject.OfAccount account
                ? Optional.of(new Moderators.Seat(in.channel(), account.id()))
                : Optional.empty();
    }
}
