package chat.weir.moderation;

import chat.weir.moderation.ModeratorIndex.Assignment;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
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
 * Takes moderation actions. Each is checked against the policy, and stored in one transaction with its audit entry.
 *
 * <p>The policy is checked twice: before the transaction, so that a forbidden action does not cost one, and within it,
 * because the actor may have lost the role in between.
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
    record Request(Actor by, ModerationAction action, Actor target, Scope where) {}

    /** The reason, duration and detail of an audit entry. */
    private record Details(Reason reason, @Nullable Duration duration, String detail) {}

    AuditEntry put(SanctionType type, Request request, SanctionTerm term) {
        check(request);
        if (isFull(request.where())) {
            auditSync.removeExpired();
        }
        return auditSync.write(handle -> {
            check(request);
            Subject subject = request.target().subject();
            Optional<Sanction> previous = sanctions.get(new Sanction.Key(type, request.where(), subject.key()));
            if (previous.isEmpty()) {
                checkCapacity(request.where());
            }
            AuditEntry entry = write(handle, request, subject, new Details(term.reason(), term.duration(), ""));
            List<String> networks =
                    Sanction.networks(subject, previous.map(Sanction::networks).orElse(List.of()));
            new SanctionTable(handle)
                    .put(new Sanction(
                            entry.id(),
                            type,
                            request.where(),
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

    /** A channel has its own limit, so that its moderators cannot use up the capacity of the server. */
    private void checkCapacity(Scope where) {
        if (sanctions.size() >= limits.maxKept()) {
            throw tooMany("server", limits.maxKept(), "bans and mutes");
        }
        if (isFull(where)) {
            throw tooMany("channel", limits.maxInChannel(), "bans and mutes");
        }
    }

    /** In whole milliseconds, rounded down: a sanction never lasts longer than requested. */
    private @Nullable Long end(SanctionTerm term) {
        return term.duration() == null
                ? null
                : (Long) clock.instant().plus(term.duration()).toEpochMilli();
    }

    /** @param requests the same action against each user that the name may refer to */
    List<AuditEntry> lift(SanctionType type, List<Request> requests, Reason reason) {
        requests.forEach(this::check);
        return auditSync.write(handle -> {
            requests.forEach(this::check);
            List<Sanction> lifted = requests.stream()
                    .flatMap(request -> sanctions
                            .all(type, request.where(), request.target().subject())
                            .stream())
                    .distinct()
                    .toList();
            Request first = requests.get(0);
            if (lifted.isEmpty()) {
                throw new ChatException(
                        ErrorReason.NOT_FOUND,
                        first.target().subject().name() + " is not " + type.participle() + " there");
            }
            return lifted.stream()
                    .map(sanction -> {
                        new SanctionTable(handle).delete(sanction.key());
                        return write(handle, first, sanction.subject(), new Details(reason, null, ""));
                    })
                    .toList();
        });
    }

    /** Takes an action that is only recorded. */
    AuditEntry record(Request request, Reason reason, String detail) {
        check(request);
        return auditSync.write(handle -> {
            check(request);
            return write(handle, request, request.target().subject(), new Details(reason, null, detail));
        });
    }

    AuditEntry role(Request request, ChannelId channel, Role role) {
        check(request);
        if (role == Role.ADMIN) {
            throw new ChatException(ErrorReason.INVALID_VALUE, "the role must be moderator or member");
        }
        if (!(request.target().subject() instanceof Subject.OfAccount account)) {
            throw new ChatException(
                    ErrorReason.INVALID_VALUE, "a guest cannot have a role: only an account can be a moderator");
        }
        Assignment assignment = new Assignment(channel, account.id());
        boolean isModerator = role == Role.MODERATOR;
        return auditSync.write(handle -> {
            check(request);
            if (moderators.contains(assignment) == isModerator) {
                throw new ChatException(ErrorReason.CONFLICT, account.name() + " is already a " + role.text());
            }
            if (isModerator && moderators.size() >= limits.maxKept()) {
                throw tooMany("server", limits.maxKept(), "moderators");
            }
            AuditEntry entry = write(handle, request, account, new Details(Reason.NONE, null, role.text()));
            ModeratorTable table = new ModeratorTable(handle);
            int unused = isModerator ? table.insert(assignment, entry.id()) : table.delete(assignment);
            return entry;
        });
    }

    /** Why an action is not allowed now; empty if it is. */
    Optional<ChatException> refusal(Request request) {
        return sanctionOfActor(request.by(), request.action(), request.where())
                .or(() -> ModerationPolicy.refusal(
                        role(request.by(), request.where()),
                        request.action(),
                        role(request.target(), request.where()),
                        request.by().isSame(request.target()),
                        request.where()));
    }

    /** Why an actor may not take this action against anybody; empty if it depends on the target. */
    Optional<ChatException> refusalOfActor(Actor by, ModerationAction action, Scope where) {
        return sanctionOfActor(by, action, where)
                .or(() -> ModerationPolicy.refusal(role(by, where), action, Role.MEMBER, false, where));
    }

    private Optional<ChatException> sanctionOfActor(Actor by, ModerationAction action, Scope where) {
        if (!by.isAdmin()
                && sanctions.find(SanctionType.BAN, where, by.subject()).isPresent()) {
            return Optional.of(new ChatException(ErrorReason.BANNED, "you are banned there"));
        }
        return muteOfActor(by, action, where).map(mute -> {
            Duration left = mute.left();
            return ChatException.forbidden(
                    ErrorReason.MUTED, "you are muted there", left == null ? 0 : left.toMillis());
        });
    }

    /**
     * Muted moderators may only delete messages: all other actions show free text in the channel, namely a reason and
     * the name of the target.
     */
    private Optional<ActiveSanction> muteOfActor(Actor by, ModerationAction action, Scope where) {
        return by.isAdmin() || action == ModerationAction.DELETE
                ? Optional.empty()
                : sanctions.find(SanctionType.MUTE, where, by.subject());
    }

    /** @throws ChatException 403 */
    void check(Request request) {
        refusal(request).ifPresent(reply -> {
            throw reply;
        });
    }

    private Role role(Actor actor, Scope where) {
        if (actor.isAdmin()) {
            return Role.ADMIN;
        }
        return where instanceof Scope.InChannel in
                        && actor.subject() instanceof Subject.OfAccount account
                        && moderators.contains(new Assignment(in.channel(), account.id()))
                ? Role.MODERATOR
                : Role.MEMBER;
    }

    private AuditEntry write(Handle handle, Request request, Subject target, Details details) {
        AuditTable audit = new AuditTable(handle);
        Subject by = request.by().subject();
        AuditEntry entry = new AuditEntry(
                audit.next(),
                clock.instant().toEpochMilli(),
                by.name().value(),
                by instanceof Subject.OfAccount account ? account.id() : 0,
                request.action(),
                request.where(),
                target,
                details.reason(),
                details.duration(),
                details.detail());
        audit.insert(entry);
        return entry;
    }

    private static ChatException tooMany(String where, int max, String what) {
        return new ChatException(
                ErrorReason.STORE_FULL, "the " + where + " already has " + max + " " + what + ", which is the limit");
    }
}
