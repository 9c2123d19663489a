package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.ModeratorIndex.Seat;
import chat.weir.moderation.SanctionTransactions.Act;
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
 * The package's entry point: takes moderation actions, and answers whether a ban or mute is in force.
 *
 * <p>Moderation actions wait for the database, and throw an {@link ChatException} 503 if it does not do them; then
 * nothing has changed, save that a commit whose answer was lost on the way is seen by the next {@link #refresh}. They
 * throw 403 if {@link ModerationPolicy} refuses or the one who takes it is banned or muted there, and 429 if they have
 * taken too many lately. A kick and a deletion are written down here and done elsewhere.
 *
 * <p>Questions are answered from memory and never wait.
 *
 * <p>Threading: safe.
 */
public final class Moderation {
    /** The most that {@link #list} returns. */
    public static final int MAX_LISTED = 100;

    /** As {@code before}: from the newest on. */
    public static final long NEWEST = Long.MAX_VALUE;

    private final SanctionIndex sanctions;
    private final ModeratorIndex moderators = new ModeratorIndex();
    private final AuditSync auditSync;
    private final SanctionTransactions transactions;
    private final ModerationRateLimiter rate;

    /**
     * Reads what holds from the database.
     *
     * @param nanoTime a clock that is never set, by which sanctions end while the process runs; the time of day counts
     *     only for what another process has given
     * @param witness told of every moderation action once it holds here, of this node or another: the place to close
     *     connections of those who were banned. Called on the thread that took the moderation action or refreshes, and
     *     at the same time from several; must not wait
     */
    public Moderation(Database database, Clock clock, LongSupplier nanoTime, Consumer<AuditEntry> witness) {
        this(database, clock, nanoTime, witness, ModerationLimits.USUAL);
    }

    Moderation(
            Database database,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<AuditEntry> witness,
            ModerationLimits limits) {
        this.sanctions = new SanctionIndex(clock, nanoTime);
        this.auditSync = new AuditSync(database, sanctions, moderators, clock, witness);
        this.transactions = new SanctionTransactions(auditSync, sanctions, moderators, clock, limits);
        this.rate = new ModerationRateLimiter(limits, nanoTime);
    }

    /**
     * Bans or mutes somebody; who is already, is from now on for that time and that reason. A guest's holds for his
     * name from any address, and for his address, or IPv6 network, under any name.
     *
     * @throws ChatException 409 if too many are kept, in that channel or in all
     */
    public AuditEntry put(SanctionType type, Actor by, Actor target, Scope where, SanctionTerm term) {
        return transactions.put(type, counted(new Act(by, type.put(), target, where)), term);
    }

    /** Who may not do it at all is told that, and is not counted. */
    private Act counted(Act act) {
        transactions.refuse(act);
        rate.take(act.by());
        return act;
    }

    /**
     * Ends whatever ban or mute of exactly this scope holds for somebody: of a guest those of his address too, whoever
     * was meant by them, so that afterwards he is free.
     *
     * @return a line for each, the name in it that of the one it was put on
     * @throws ChatException 404 if there is none
     */
    public List<AuditEntry> lift(SanctionType type, Actor by, Actor target, Scope where, Reason reason) {
        return lift(type, by, List.of(target), where, reason);
    }

    /** The same for everybody whom a name may mean, all at once: one moderation action, and one transaction. */
    public List<AuditEntry> lift(SanctionType type, Actor by, List<Actor> target, Scope where, Reason reason) {
        List<Act> acts =
                target.stream().map(one -> new Act(by, type.lift(), one, where)).toList();
        Act unused = counted(acts.get(0));
        return transactions.lift(type, acts, reason);
    }

    /** Writes down that somebody is sent away. */
    public AuditEntry kick(Actor by, Actor target, Scope where, Reason reason) {
        return transactions.note(counted(new Act(by, ModerationAction.KICK, target, where)), reason, "");
    }

    /** Writes down that a message is taken back; its author may be away. */
    public AuditEntry delete(Actor by, Actor author, ChannelId where, long message, Reason reason) {
        return transactions.note(
                new Act(by, ModerationAction.DELETE, author, Scope.of(where)), reason, String.valueOf(message));
    }

    /**
     * Makes an account a channel's moderator, or a member again.
     *
     * @throws ChatException 400 if the role is {@link Role#ADMIN}, which is not made here, or it is a guest's; 409 if
     *     he has it already, or there are too many moderators
     */
    public AuditEntry role(Actor by, Actor target, ChannelId where, Role role) {
        return transactions.role(counted(new Act(by, ModerationAction.ROLE, target, Scope.of(where))), where, role);
    }

    /** Why somebody may not do something now; nothing if he may. */
    public Optional<ChatException> refusal(Actor by, ModerationAction action, Actor target, Scope where) {
        return transactions.refusal(new Act(by, action, target, where));
    }

    /**
     * Refuses those who may do something to nobody at all. To be asked before the target is looked for, which takes the
     * longer the more channels there are.
     *
     * @throws ChatException 403
     */
    public void refuseActor(Actor by, ModerationAction action, Scope where) {
        transactions.refusalOfActor(by, action, where).ifPresent(reply -> {
            throw reply;
        });
    }

    /**
     * What an account is in a channel.
     *
     * @param isAdmin of the server, as the accounts know
     */
    public Role roleOf(long account, boolean isAdmin, ChannelId channel) {
        return isAdmin ? Role.ADMIN : moderators.contains(new Seat(channel, account)) ? Role.MODERATOR : Role.MEMBER;
    }

    /** The accounts that moderate a channel, by id. */
    public List<Long> moderatorsOf(ChannelId channel) {
        return moderators.of(channel);
    }

    /** The channels that an account moderates. */
    public List<ChannelId> channelsOf(long account) {
        return moderators.channels(account);
    }

    /**
     * The ban or mute that holds for somebody there, be it everywhere; of several the one that lasts longest. A guest
     * is looked for by his name, and by his address if it is given.
     */
    public Optional<ActiveSanction> find(SanctionType type, Scope where, Subject subject) {
        return sanctions.find(type, where, subject);
    }

    /** Whether a ban or mute is in force anywhere on somebody of this name. */
    public boolean isMeant(UserName name) {
        return !sanctions
                .list(sanction -> sanction.subject().name().key().equals(name.key()), 1)
                .isEmpty();
    }

    /** Where bans or mutes hold, or held until lately. */
    public Set<Scope> scopes() {
        return sanctions.scopes();
    }

    /**
     * Whether a ban or mute was put, there or everywhere, on this account or on this name itself: not whether one holds
     * for it by its address.
     */
    public boolean isPutOn(SanctionType type, Scope where, Subject subject) {
        return sanctions.isPutOn(type, where, subject);
    }

    /** Nobody is banned or muted anywhere. */
    public boolean isIdle() {
        return sanctions.size() == 0;
    }

    /** The ban or mute that holds there for an address, whatever the name of the guest behind it. */
    public Optional<ActiveSanction> findAt(SanctionType type, Scope where, String address) {
        return sanctions.findAt(type, where, address);
    }

    /**
     * Bans or mutes that hold now, the newest first, at most so many, and a hundred.
     *
     * @param before the change to page on from, or {@link #NEWEST}
     */
    public List<ActiveSanction> list(SanctionType type, Predicate<Scope> where, long before, int limit) {
        return sanctions.list(
                sanction -> sanction.type() == type && sanction.change() < before && where.test(sanction.scope()),
                Math.max(1, Math.min(limit, MAX_LISTED)));
    }

    /**
     * Whom the bans or mutes of exactly this scope were put on that hold for a name: an account, a deleted one too, or a
     * guest, or both.
     */
    public List<Subject> subjects(SanctionType type, Scope where, UserName name) {
        return sanctions.subjects(type, where, name);
    }

    /** Takes over what other nodes have done. To be called every few seconds: so late is it known here. Waits. */
    public void refresh() {
        auditSync.refresh();
    }

    /** Removes what has ended, which counts for nothing already. To be called now and then. Waits. */
    public void forgetExpired() {
        auditSync.forgetEnded();
    }
}
