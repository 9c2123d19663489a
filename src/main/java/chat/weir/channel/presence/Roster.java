package chat.weir.channel.presence;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names of a channel's members: who claims and holds which name, which users are present, and who is typing.
 *
 * <p>Members are notified at once of users who join, leave or are renamed, and at most once a second of the whole list: a
 * thousand users who join within a second cost one list. Above the limit for listing by name only the number is sent.
 *
 * <p>Threading: guarded by the channel's lock, in one step with what its broadcasts say of the changes.
 */
public final class Roster<M extends NameHolder> implements ChannelTicker.Ticked {
    private static final long LIST_EVERY_NANOS = 1_000_000_000;

    private final Object lock;
    private final RosterConfig config;
    private final MemberNotifier<M> notifier;

    @GuardedBy("lock")
    private final NameRegistry<M> names;

    @GuardedBy("lock")
    private final PresenceList presenceList;

    @GuardedBy("lock")
    private final TypingUsers typingUsers = new TypingUsers();

    @GuardedBy("lock")
    private long listedNanos;

    @GuardedBy("lock")
    private boolean watched;

    /** @param lock the channel's */
    public Roster(Object lock, RosterConfig config, MemberNotifier<M> notifier) {
        this.lock = lock;
        this.config = config;
        this.notifier = notifier;
        this.names = new NameRegistry<>(config.entryPermits(), config.clock());
        this.presenceList = new PresenceList(config.listLimit());
        this.listedNanos = now() - LIST_EVERY_NANOS;
    }

    /** Grants a member a second name, until {@link #adopt} or {@link #renounce}. */
    public NameClaim.Result claim(M member, NameClaim claim) {
        NameRegistry.Outcome<M> outcome;
        synchronized (lock) {
            outcome = names.claim(member, claim, now());
            M replaced = outcome.replaced();
            if (replaced != null) {
                typingUsers.end(replaced).ifPresent(name -> broadcastTyping(name, true, null));
                announce(replaced, outcome.absent());
            }
        }
        notifier.flush();
        return outcome.result();
    }

    /** Whether a claim would be granted now. */
    public boolean grants(M member, NameClaim claim) {
        synchronized (lock) {
            return names.grants(member, claim);
        }
    }

    /**
     * Returns the claim in the name of the participant that its secret proves the claimant to be, who replaces the
     * predecessor in all channels.
     */
    public NameClaim recognised(NameClaim claim) {
        synchronized (lock) {
            return names.recognised(claim, now());
        }
    }

    /**
     * The member keeps what it claimed, and loses the name that it had.
     *
     * @param confirmed whether it may send messages under the name
     */
    public void adopt(M member, boolean confirmed) {
        changeName(member, registry -> registry.adopt(member, confirmed));
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    public void renounce(M member) {
        changeName(member, registry -> registry.renounce(member));
    }

    /** The member may send messages under its name. */
    public void confirm(M member) {
        changeName(member, registry -> member.confirm());
    }

    /** Frees the name that a member holds, if it holds one; its secret gets it back. */
    public void lose(M member) {
        changeName(member, registry -> registry.lose(member, now()));
    }

    /** Frees the name that a member holds, if it holds one, for good. */
    public void release(M member) {
        changeName(member, registry -> registry.release(member));
    }

    /** Changes what a member holds or claims, and tells the others what that changes for them. */
    private void changeName(M member, Consumer<NameRegistry<M>> change) {
        synchronized (lock) {
            UserName before = member.name();
            change.accept(names);
            announce(member, before);
        }
        notifier.flush();
    }

    /**
     * Tells the others under which name a member is present now.
     *
     * @param before the name under which it was present; null: it was not
     */
    @GuardedBy("lock")
    private void announce(M member, @Nullable UserName before) {
        UserName after = member.name();
        Notification news = presenceList.change(before, after);
        if (before != null && !before.equals(after) && typingUsers.end(before, member)) {
            broadcastTyping(before, true, member);
        }
        if (news != null && !config.closing().get()) {
            if (presenceList.isListed()) {
                notifier.toAllBut(ownMembers(news.user(), member), news);
            }
            watch();
        }
    }

    /** A user is typing. */
    public void typing(M member, UserName name) {
        synchronized (lock) {
            if (!name.equals(member.name())) {
                // The name has just been lost.
                return;
            }
            if (typingUsers.begin(member, name, now())) {
                broadcastTyping(name, false, member);
            }
            watch();
        }
        notifier.flush();
    }

    /** A user has stopped typing. */
    public void doneTyping(UserName name) {
        endTyping(name);
        notifier.flush();
    }

    /** As {@link #doneTyping}, where the caller flushes the channel. */
    public void endTyping(UserName name) {
        synchronized (lock) {
            if (typingUsers.end(name)) {
                broadcastTyping(name, true, null);
            }
        }
    }

    @GuardedBy("lock")
    private void broadcastTyping(UserName name, boolean done, @Nullable M member) {
        List<M> notTold = ownMembers(name, member);
        notTold.addAll(notifier.membersBlocking(name));
        notifier.toAllBut(notTold, new ServerEnvelope.Typing(name, done));
    }

    /**
     * The members of a user, who are not notified of their own events.
     *
     * @param member that may not hold the name any more
     */
    @GuardedBy("lock")
    private List<M> ownMembers(UserName name, @Nullable M member) {
        List<M> ownMembers = new ArrayList<>(names.holders(name));
        if (member != null) {
            ownMembers.add(member);
        }
        return ownMembers;
    }

    /** The users who are present. */
    public Users users() {
        synchronized (lock) {
            return presenceList.users(null);
        }
    }

    /** Sends a member the list of users, consistent with the notifications before and after it. */
    public void sendUsers(M member, @Nullable String ref) {
        synchronized (lock) {
            notifier.to(member, presenceList.users(ref));
        }
        notifier.flush();
    }

    /** The members that are present under a name: one guest, or the connections of an account. */
    public List<M> find(UserName name) {
        synchronized (lock) {
            return names.holders(name).stream()
                    .filter(member -> isHere(member, name))
                    .toList();
        }
    }

    /** The guest who holds or claims a name, confirmed or not. */
    public Optional<M> guest(UserName name) {
        synchronized (lock) {
            return names.holders(name).stream().filter(Roster::isGuest).findFirst();
        }
    }

    /**
     * A guest who holds or claims a name.
     *
     * @param hasSecret whether a secret is theirs
     */
    public record NamedGuest(Participant participant, boolean hasSecret) {}

    /** The guest who holds or claims a name, compared with the owner of a secret. */
    public Optional<NamedGuest> guest(UserName name, @Nullable String resume) {
        return guest(name)
                .map(NameHolder::claimedOrHeld)
                .map(held -> new NamedGuest(held.identity().participant(), held.hasSecret(resume)));
    }

    private static boolean isGuest(NameHolder member) {
        HeldName heldName = member.claimedOrHeld();
        return heldName != null && heldName.isGuest();
    }

    private static boolean isHere(NameHolder member, UserName name) {
        UserName present = member.name();
        return present != null && present.key().equals(name.key());
    }

    @Override
    public void tick() {
        synchronized (lock) {
            typingUsers.expire(now()).forEach(name -> broadcastTyping(name, true, null));
            if (presenceList.hasChanged() && now() - listedNanos >= LIST_EVERY_NANOS) {
                listedNanos = now();
                presenceList.listSent();
                notifier.toAll(presenceList.users(null));
            }
            if (!presenceList.hasChanged() && typingUsers.isEmpty()) {
                watched = false;
                config.ticker().unwatch(this);
            }
        }
        notifier.flush();
    }

    @GuardedBy("lock")
    private void watch() {
        if (!watched) {
            watched = true;
            config.ticker().watch(this);
        }
    }

    /** Whether it holds nothing that a returning client would need. */
    public boolean isForgettable() {
        synchronized (lock) {
            return names.isForgettable(now());
        }
    }

    /** Releases all entries, when the channel is forgotten. */
    public void forgetAll() {
        synchronized (lock) {
            names.forgetAll();
        }
    }

    private long now() {
        return config.nanoTime().getAsLong();
    }
}
