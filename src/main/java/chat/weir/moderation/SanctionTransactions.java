package chat.weir.moderation;

import chat.weir.moderation.ModeratorIndex.Seat;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes moderation actions: each is checked against the policy and stored in one transaction with its line of the
 * audit.
 *
 * <p>The policy is asked twice: before, so that who may not costs no transaction, and in the transaction, since he may
 * have lost his role meanwhile.
 *
 * <p>Threading: safe.
 */
final class SanctionTransactions {
    private final AuditSync auditSync;
    private final SanctionIndex sanctions;
    private final ModeratorIndex moderators;
    private final Clock clock;
    private final ModerationLimits limits;

    SanctionTransactions(
            AuditSync auditSync,
            SanctionIndex sanctions,
            ModeratorIndex moderators,
            Clock clock,
            ModerationLimits limits) {
        this.auditSync = auditSync;
        this.sanctions = sanctions;
        this.moderators = moderators;
        this.clock = clock;
        this.limits = limits;
    }

    /** A moderation action: actor, target, scope. */
    record Act(Actor by, ModerationAction action, Actor target, Scope where) {}

    /** The reason, duration and detail of an action. */
    private record Words(Reason reason, @Nullable Duration duration, String detail) {}

    AuditEntry put(SanctionType type, Act act, SanctionTerm term) {
        refuse(act);
        if (isFull(act.where())) {
            auditSync.forgetEnded();
        }
        return auditSync.write(handle -> {
            refuse(act);
            Subject subject = act.target().subject();
            Optional<Sanction> before = sanctions.get(new Sanction.Key(type, act.where(), subject.key()));
            if (before.isEmpty()) {
                refuseIfFull(act.where());
            }
            AuditEntry entry = write(handle, act, subject, new Words(term.reason(), term.duration(), ""));
            List<String> networks =
                    Sanction.networks(subject, before.map(Sanction::networks).orElse(List.of()));
            new SanctionTable(handle)
                    .put(new Sanction(
                            entry.id(),
                            type,
                            act.where(),
                            subject,
                            networks,
                            term.reason(),
                            entry.by(),
                            entry.happenedAtMillis(),
                            end(term)));
            return entry;
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
    private @Nullable Long end(SanctionTerm term) {
        return term.duration() == null
                ? null
                : (Long) clock.instant().plus(term.duration()).toEpochMilli();
    }

    /** @param acts the same, each to another who may be meant */
    List<AuditEntry> lift(SanctionType type, List<Act> acts, Reason reason) {
        acts.forEach(this::refuse);
        return auditSync.write(handle -> {
            acts.forEach(this::refuse);
            List<Sanction> lifted = acts.stream()
                    .flatMap(
                            act -> sanctions.all(type, act.where(), act.target().subject()).stream())
                    .distinct()
                    .toList();
            Act first = acts.get(0);
            if (lifted.isEmpty()) {
                throw new ChatException(
                        ErrorReason.NOT_FOUND,
                        first.target().subject().name() + " is not " + type.participle() + " there");
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
    AuditEntry note(Act act, Reason reason, String detail) {
        refuse(act);
        return auditSync.write(handle -> {
            refuse(act);
            return write(handle, act, act.target().subject(), new Words(reason, null, detail));
        });
    }

    AuditEntry role(Act act, ChannelId channel, Role role) {
        refuse(act);
        if (role == Role.ADMIN) {
            throw new ChatException(ErrorReason.INVALID_VALUE, "the role has to be moderator or member");
        }
        if (!(act.target().subject() instanceof Subject.OfAccount account)) {
            throw new ChatException(
                    ErrorReason.INVALID_VALUE, "a guest has no role: only an account can be a moderator");
        }
        Seat seat = new Seat(channel, account.id());
        boolean isTaken = role == Role.MODERATOR;
        return auditSync.write(handle -> {
            refuse(act);
            if (moderators.contains(seat) == isTaken) {
                throw new ChatException(ErrorReason.CONFLICT, account.name() + " is a " + role.text() + " already");
            }
            if (isTaken && moderators.size() >= limits.maxKept()) {
                throw tooMany("server", limits.maxKept(), "moderators");
            }
            AuditEntry entry = write(handle, act, account, new Words(Reason.NONE, null, role.text()));
            ModeratorTable table = new ModeratorTable(handle);
            int unused = isTaken ? table.insert(seat, entry.id()) : table.delete(seat);
            return entry;
        });
    }

    /** Why somebody may not do something now; nothing if he may. */
    Optional<ChatException> refusal(Act act) {
        return sanctionOfActor(act.by(), act.action(), act.where())
                .or(() -> ModerationPolicy.refusal(
                        role(act.by(), act.where()),
                        act.action(),
                        role(act.target(), act.where()),
                        act.by().isSame(act.target()),
                        act.where()));
    }

    /** Why somebody may do something to nobody at all; nothing if it depends on the target. */
    Optional<ChatException> refusalOfActor(Actor by, ModerationAction action, Scope where) {
        return sanctionOfActor(by, action, where)
                .or(() -> ModerationPolicy.refusal(role(by, where), action, Role.MEMBER, false, where));
    }

    private Optional<ChatException> sanctionOfActor(Actor by, ModerationAction action, Scope where) {
        if (!by.isAdmin()
                && sanctions.find(SanctionType.BAN, where, by.subject()).isPresent()) {
            return Optional.of(new ChatException(ErrorReason.BANNED, "you are banned there yourself"));
        }
        return muteOfActor(by, action, where).map(mute -> {
            Duration left = mute.left();
            return ChatException.forbidden(
                    ErrorReason.MUTED, "you are muted there yourself", left == null ? 0 : left.toMillis());
        });
    }

    /**
     * A moderation action is told to the channel with its reason and the name that it was taken against: both are free
     * text.
     */
    private Optional<ActiveSanction> muteOfActor(Actor by, ModerationAction action, Scope where) {
        return by.isAdmin() || action == ModerationAction.DELETE
                ? Optional.empty()
                : sanctions.find(SanctionType.MUTE, where, by.subject());
    }

    /** @throws ChatException 403 */
    void refuse(Act act) {
        refusal(act).ifPresent(reply -> {
            throw reply;
        });
    }

    private Role role(Actor actor, Scope where) {
        if (actor.isAdmin()) {
            return Role.ADMIN;
        }
        return where instanceof Scope.InChannel in
                        && actor.subject() instanceof Subject.OfAccount account
                        && moderators.contains(new Seat(in.channel(), account.id()))
                ? Role.MODERATOR
                : Role.MEMBER;
    }

    private AuditEntry write(Handle handle, Act act, Subject target, Words words) {
        AuditTable audit = new AuditTable(handle);
        Subject by = act.by().subject();
        AuditEntry entry = new AuditEntry(
                audit.next(),
                clock.instant().toEpochMilli(),
                by.name().value(),
                by instanceof Subject.OfAccount account ? account.id() : 0,
                act.action(),
                act.where(),
                target,
                words.reason(),
                words.duration(),
                words.detail());
        audit.insert(entry);
        return entry;
    }

    private static ChatException tooMany(String where, int most, String what) {
        return new ChatException(
                ErrorReason.STORE_FULL, "the " + where + " keeps " + most + " " + what + " already, which is the most");
    }
}
