package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.ModeratorIndex.Assignment;
import chat.weir.moderation.SanctionTransactions.Request;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.UserName;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The entry point of the package: takes moderation actions, and answers whether a ban or mute is in force.
 *
 * <p>Actions block on the database, and throw a {@link ChatException} 503 if it fails; then nothing has changed,
 * except that a commit whose answer was lost becomes visible with the next {@link #refresh}. They throw 403 if {@link
 * ModerationPolicy} rejects the action or the actor is banned or muted in the scope, and 429 if the actor has taken
 * too many actions recently. Kicks and deletions are only recorded here; the caller carries them out.
 *
 * <p>Queries are answered from memory and do not block.
 *
 * <p>Threading: safe.
 */
public final class Moderation {
    /** The maximum number of sanctions that {@link #list} returns. */
    public static final int MAX_LISTED = 100;

    /** A change number above all others. */
    public static final long NEWEST = Long.MAX_VALUE;

    private final SanctionIndex sanctions;
    private final ModeratorIndex moderators = new ModeratorIndex();
    private final AuditSync auditSync;
    private final SanctionTransactions transactions;
    private final ModerationRateLimiter rate;

    /**
     * Loads the current state from the database.
     *
     * @param nanoTime a monotonic clock for the end of sanctions in this process; the wall clock is used only for
     *     sanctions that another process has set
     * @param listener notified of each action of this node or another, once it is in force here, to close the
     *     connections of banned users. Called by the thread that takes the action or refreshes, by several threads
     *     concurrently; must not block
     */
    public Moderation(Database database, Clock clock, LongSupplier nanoTime, Consumer<AuditEntry> listener) {
        this(database, clock, nanoTime, listener, ModerationLimits.DEFAULT);
    }

    Moderation(
            Database database,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<AuditEntry> listener,
            ModerationLimits limits) {
        this.sanctions = new SanctionIndex(clock, nanoTime);
        this.auditSync = new AuditSync(database, sanctions, moderators, clock, listener);
        this.transactions = new SanctionTransactions(auditSync, sanctions, moderators, clock, limits);
        this.rate = new ModerationRateLimiter(limits, nanoTime);
    }

    /**
     * Bans or mutes a user. Replaces the duration and reason of an existing sanction. A guest's sanction applies to
     * the name from any address, and to the address, or IPv6 network, under any name.
     *
     * @throws ChatException 409 if the channel or the server has too many sanctions
     */
    public AuditEntry put(SanctionType type, Actor by, Actor target, Scope where, SanctionTerm term) {
        return transactions.put(type, checkAndCount(new Request(by, type.put(), target, where)), term);
    }

    /** Checks the policy first: an action that is not allowed does not count for the rate limit. */
    private Request checkAndCount(Request request) {
        transactions.check(request);
        rate.take(request.by());
        return request;
    }

    /**
     * Lifts the bans or mutes of exactly this scope that apply to a user. For a guest, that includes sanctions with
     * their address, under any name, so that afterwards the user is free.
     *
     * @return one entry per lifted sanction, with the name that it was set on
     * @throws ChatException 404 if there is none
     */
    public List<AuditEntry> lift(SanctionType type, Actor by, Actor target, Scope where, Reason reason) {
        return lift(type, by, List.of(target), where, reason);
    }

    /** Lifts the sanctions of all users that a name may refer to, as one action in one transaction. */
    public List<AuditEntry> lift(SanctionType type, Actor by, List<Actor> target, Scope where, Reason reason) {
        List<Request> requests = target.stream()
                .map(one -> new Request(by, type.lift(), one, where))
                .toList();
        Request unused = checkAndCount(requests.get(0));
        return transactions.lift(type, requests, reason);
    }

    /** Records that a user is kicked. */
    public AuditEntry kick(Actor by, Actor target, Scope where, Reason reason) {
        return transactions.record(checkAndCount(new Request(by, ModerationAction.KICK, target, where)), reason, "");
    }

    /** Records that a message is deleted. The author may be offline. */
    public AuditEntry delete(Actor by, Actor author, ChannelId where, long message, Reason reason) {
        return transactions.record(
                new Request(by, ModerationAction.DELETE, author, Scope.of(where)), reason, String.valueOf(message));
    }

    /**
     * Makes an account a moderator of a channel, or a member again.
     *
     * @throws ChatException 400 if the role is {@link Role#ADMIN} or the target is a guest; 409 if the target already
     *     has the role, or there are too many moderators
     */
    public AuditEntry role(Actor by, Actor target, ChannelId where, Role role) {
        return transactions.role(
                checkAndCount(new Request(by, ModerationAction.ROLE, target, Scope.of(where))), where, role);
    }

    /** Why this action is not allowed now; empty if it is. */
    public Optional<ChatException> refusal(Actor by, ModerationAction action, Actor target, Scope where) {
        return transactions.refusal(new Request(by, action, target, where));
    }

    /**
     * Rejects an actor who may not take this action against anybody. Call this before searching the target, because
     * the search is expensive if there are many channels.
     *
     * @throws ChatException 403
     */
    public void checkActor(Actor by, ModerationAction action, Scope where) {
        transactions.refusalOfActor(by, action, where).ifPresent(reply -> {
            throw reply;
        });
    }

    /**
     * The role of an account in a channel.
     *
     * @param isAdmin whether the account is an admin of the server
     */
    public Role roleOf(long account, boolean isAdmin, ChannelId channel) {
        return isAdmin
                ? Role.ADMIN
                : moderators.contains(new Assignment(channel, account)) ? Role.MODERATOR : Role.MEMBER;
    }

    /** The account ids of a channel's moderators. */
    public List<Long> moderatorsOf(ChannelId channel) {
        return moderators.of(channel);
    }

    /** The channels that an account moderates. */
    public List<ChannelId> channelsOf(long account) {
        return moderators.channels(account);
    }

    /**
     * The ban or mute that applies to a subject in this scope, including those with scope everywhere. Of several, the
     * one that lasts longest. A guest is matched by name, and by address if it is given.
     */
    public Optional<ActiveSanction> find(SanctionType type, Scope where, Subject subject) {
        return sanctions.find(type, where, subject);
    }

    /** Whether a ban or mute with this name is in force in any scope. */
    public boolean isSanctioned(UserName name) {
        return !sanctions
                .list(sanction -> sanction.subject().name().key().equals(name.key()), 1)
                .isEmpty();
    }

    /** The scopes that have bans or mutes, including recently expired ones. */
    public Set<Scope> scopes() {
        return sanctions.scopes();
    }

    /**
     * Whether a ban or mute was set on this account or name itself, in this scope or everywhere, and does not only
     * match by address.
     */
    public boolean isSetOn(SanctionType type, Scope where, Subject subject) {
        return sanctions.isSetOn(type, where, subject);
    }

    /** Whether there are no sanctions at all. */
    public boolean hasNoSanctions() {
        return sanctions.size() == 0;
    }

    /** The ban or mute that applies to any guest at this address in this scope. */
    public Optional<ActiveSanction> findAt(SanctionType type, Scope where, String address) {
        return sanctions.findAt(type, where, address);
    }

    /**
     * The bans or mutes in force, newest first; at most {@code limit} and {@value #MAX_LISTED}.
     *
     * @param before the change number of the last sanction of the previous page, or {@link #NEWEST}
     */
    public List<ActiveSanction> list(SanctionType type, Predicate<Scope> where, long before, int limit) {
        return sanctions.list(
                sanction -> sanction.type() == type && sanction.change() < before && where.test(sanction.scope()),
                Math.max(1, Math.min(limit, MAX_LISTED)));
    }

    /**
     * The subjects with this name that have a ban or mute of exactly this scope: an account, possibly a deleted one, a
     * guest, or both.
     */
    public List<Subject> subjects(SanctionType type, Scope where, UserName name) {
        return sanctions.subjects(type, where, name);
    }

    /** Applies the actions of other nodes. Call this every few seconds. Blocks. */
    public void refresh() {
        auditSync.refresh();
    }

    /** Removes expired sanctions, which are no longer in force anyway. Call this occasionally. Blocks. */
    public void removeExpired() {
        auditSync.removeExpired();
    }
}
