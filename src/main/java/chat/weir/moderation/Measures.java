package chat.weir.moderation;

import chat.weir.moderation.Moderators.Seat;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes measures: each after the policy was asked, in one transaction with its line of the audit.
 *
 * <p>The policy is asked twice: before, so that who may not costs no transaction, and in the transaction, since he may
 * have lost his role meanwhile.
 *
 * <p>Threading: safe.
 */
final class Measures {
    private final Changes changes;
    private final Sanctions sanctions;
    private final Moderators moderators;
    private final Clock clock;
    private final ModerationLimits limits;

    Measures(Changes changes, Sanctions sanctions, Moderators moderators, Clock clock, ModerationLimits limits) {
        this.changes = changes;
        this.sanctions = sanctions;
        this.moderators = moderators;
        this.clock = clock;
        this.limits = limits;
    }

    /** Somebody does something to somebody. */
    record Act(Party by, Measure measure, Party whom, Scope where) {}

    /** The rest of what is told of it. */
    private record Words(Reason reason, @Nullable Duration duration, String detail) {}

    AuditLine put(Kind kind, Act act, Term term) {
        refuse(act);
        if (isFull(act.where())) {
            changes.forgetEnded();
        }
        return changes.write(handle -> {
            refuse(act);
            Subject subject = act.whom().subject();
            Optional<Sanction> before = sanctions.get(new Sanction.Key(kind, act.where(), subject.key()));
            if (before.isEmpty()) {
                refuseIfFull(act.where());
            }
            AuditLine line = write(handle, act, subject, new Words(term.reason(), term.duration(), ""));
            List<String> networks =
                    Sanction.networks(subject, before.map(Sanction::networks).orElse(List.of()));
            new SanctionTable(handle)
                    .put(new Sanction(
                            line.id(),
                            kind,
                            act.where(),
                            subject,
                            networks,
                            term.reason(),
                            line.by(),
                            line.happenedAtMillis(),
                            end(term)));
            return line;
        });
    }

    private boolean isFull(Scope where) {
        return sanctions.size() >= limits.maxKept()
                || (where instanceof Scope.InChannel && sanctions.size(where) >= limits.maxInChannel());
    }

    /** A channel has a share, so that its moderators cannot use up what is there for all channels. */
    private void refuseIfFull(Scope where) {
        if (sanctions.size() >= limits.maxKept()) {
            throw tooMany("server", limits.maxKept(), "bans and mutes");
        }
        if (isFull(where)) {
            throw tooMany("channel", limits.maxInChannel(), "bans and mutes");
        }
    }

    /** In whole milliseconds, rounded down: nothing lasts longer than was asked, here or after a restart. */
    private @Nullable Long end(Term term) {
        return term.duration() == null
                ? null
                : (Long) clock.instant().plus(term.duration()).toEpochMilli();
    }

    /** @param acts the same, each to another who may be meant */
    List<AuditLine> lift(Kind kind, List<Act> acts, Reason reason) {
        acts.forEach(this::refuse);
        return changes.write(handle -> {
            acts.forEach(this::refuse);
            List<Sanction> lifted = acts.stream()
                    .flatMap(act -> sanctions.all(kind, act.where(), act.whom().subject()).stream())
                    .distinct()
                    .toList();
            Act first = acts.get(0);
            if (lifted.isEmpty()) {
                throw new ErrorReply(
                        ErrorReason.NOT_FOUND,
                        first.whom().subject().name() + " is not " + kind.participle() + " there");
            }
            return lifted.stream()
                    .map(sanction -> {
                        new SanctionTable(handle).delete(sanction.key());
                        return write(handle, first, sanction.subject(), new Words(reason, null, ""));
                    })
                    .toList();
        });
    }

    /** What is only written down. */
    AuditLine note(Act act, Reason reason, String detail) {
        refuse(act);
        return changes.write(handle -> {
            refuse(act);
            return write(handle, act, act.whom().subject(), new Words(reason, null, detail));
        });
    }

    AuditLine role(Act act, ChannelId channel, Role role) {
        refuse(act);
        if (role == Role.ADMIN) {
            throw new ErrorReply(ErrorReason.INVALID_VALUE, "the role has to be moderator or member");
        }
        if (!(act.whom().subject() instanceof Subject.OfAccount account)) {
            throw new ErrorReply(ErrorReason.INVALID_VALUE, "a guest has no role: only an account can be a moderator");
        }
        Seat seat = new Seat(channel, account.id());
        boolean isTaken = role == Role.MODERATOR;
        return changes.write(handle -> {
            refuse(act);
            if (moderators.contains(seat) == isTaken) {
                throw new ErrorReply(ErrorReason.CONFLICT, account.name() + " is a " + role.text() + " already");
            }
            if (isTaken && moderators.size() >= limits.maxKept()) {
                throw tooMany("server", limits.maxKept(), "moderators");
            }
            AuditLine line = write(handle, act, account, new Words(Reason.NONE, null, role.text()));
            ModeratorTable table = new ModeratorTable(handle);
            int unused = isTaken ? table.insert(seat, line.id()) : table.delete(seat);
            return line;
        });
    }

    /** Why somebody may not do something now; nothing if he may. */
    Optional<ErrorReply> refusal(Act act) {
        return sanctionOfActor(act.by(), act.measure(), act.where())
                .or(() -> Policy.refusal(
                        role(act.by(), act.where()),
                        act.measure(),
                        role(act.whom(), act.where()),
                        act.by().isSame(act.whom()),
                        act.where()));
    }

    /** Why somebody may do something to nobody at all; nothing if it depends on the target. */
    Optional<ErrorReply> refusalOfActor(Party by, Measure measure, Scope where) {
        return sanctionOfActor(by, measure, where)
                .or(() -> Policy.refusal(role(by, where), measure, Role.MEMBER, false, where));
    }

    private Optional<ErrorReply> sanctionOfActor(Party by, Measure measure, Scope where) {
        if (!by.isAdmin() && sanctions.find(Kind.BAN, where, by.subject()).isPresent()) {
            return Optional.of(new ErrorReply(ErrorReason.BANNED, "you are banned there yourself"));
        }
        return muteOfActor(by, measure, where).map(mute -> {
            Duration left = mute.left();
            return ErrorReply.forbidden(
                    ErrorReason.MUTED, "you are muted there yourself", left == null ? 0 : left.toMillis());
        });
    }

    /** A measure is told to the channel with its reason and the name that it was taken against: both are free text. */
    private Optional<InForce> muteOfActor(Party by, Measure measure, Scope where) {
        return by.isAdmin() || measure == Measure.DELETE
                ? Optional.empty()
                : sanctions.find(Kind.MUTE, where, by.subject());
    }

    /** @throws ErrorReply 403 */
    void refuse(Act act) {
        refusal(act).ifPresent(reply -> {
            throw reply;
        });
    }

    private Role role(Party person, Scope where) {
        if (person.isAdmin()) {
            return Role.ADMIN;
        }
        return where instanceof Scope.InChannel in
                        && person.subject() instanceof Subject.OfAccount account
                        && moderators.contains(new Seat(in.channel(), account.id()))
                ? Role.MODERATOR
                : Role.MEMBER;
    }

    private AuditLine write(Handle handle, Act act, Subject whom, Words words) {
        AuditTable audit = new AuditTable(handle);
        Subject by = act.by().subject();
        AuditLine line = new AuditLine(
                audit.next(),
                clock.instant().toEpochMilli(),
                by.name().value(),
                by instanceof Subject.OfAccount account ? account.id() : 0,
                act.measure(),
                act.where(),
                whom,
                words.reason(),
                words.duration(),
                words.detail());
        audit.insert(line);
        return line;
    }

    private static ErrorReply tooMany(String where, int most, String what) {
        return new ErrorReply(
                ErrorReason.STORE_FULL, "the " + where + " keeps " + most + " " + what + " already, which is the most");
    }
}
