package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who the members of a channel are: the names that they claim, hold and lose, who of them is here for the others to see,
 * and who is writing something.
 *
 * <p>The others hear at once who comes, goes or changes his name, and after that, at most once a second, who is here
 * altogether: a thousand who come within a second cost one list. Where more are here than are listed by name, they only
 * hear how many.
 *
 * <p>Threading: guarded by the channel.
 */
public final class People {
    private static final long LIST_EVERY_NANOS = 1_000_000_000;

    private final Channel channel;
    private final ChannelRules rules;
    private final Audience audience;
    private final Outgoing outgoing;
    private final Names names;
    private final Presence presence;
    private final Typing typing = new Typing();
    private long listedNanos;
    private boolean watched;

    People(Channel channel, ChannelRules rules, Audience audience, Outgoing outgoing) {
        this.channel = channel;
        this.rules = rules;
        this.audience = audience;
        this.outgoing = outgoing;
        this.names = new Names(rules.memoryPlaces(), rules.clock());
        this.presence = new Presence(rules.listLimit());
        this.listedNanos = now() - LIST_EVERY_NANOS;
    }

    /** Gives a member a name beside the one that it has, until it is told to {@link #adopt} or {@link #renounce} it. */
    public Claim.Result claim(Member member, Claim claim) {
        Claim.Result result;
        synchronized (channel) {
            result = names.claim(member, claim, now());
            if (result.replaced() != null) {
                typing.end(result.replaced()).ifPresent(name -> sayTyping(name, true, null));
                settle(result.replaced());
            }
        }
        channel.speak();
        return result;
    }

    /** Whether a claim would be granted, as things are. */
    public boolean grants(Member member, Claim claim) {
        synchronized (channel) {
            return names.grants(member, claim);
        }
    }

    /** The same claim by whoever its secret shows the claimant to be; whose place he takes, he takes in all channels. */
    public Claim recognised(Claim claim) {
        synchronized (channel) {
            return names.recognised(claim, now());
        }
    }

    /**
     * The member keeps what it claimed, and loses the name that it had.
     *
     * @param confirmed it may speak under the name
     */
    public void adopt(Member member, boolean confirmed) {
        synchronized (channel) {
            names.adopt(member, confirmed);
            settle(member);
        }
        channel.speak();
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    public void renounce(Member member) {
        synchronized (channel) {
            names.renounce(member);
            settle(member);
        }
        channel.speak();
    }

    /** The member may speak under its name. */
    public void confirm(Member member) {
        synchronized (channel) {
            names.confirm(member);
            settle(member);
        }
        channel.speak();
    }

    /** Frees the name that a member holds, if it holds one; its secret gets it back. */
    public void lose(Member member) {
        synchronized (channel) {
            names.lose(member, now());
            settle(member);
        }
        channel.speak();
    }

    /** Frees the name that a member holds, if it holds one, for good. */
    public void release(Member member) {
        synchronized (channel) {
            names.release(member);
            settle(member);
        }
        channel.speak();
    }

    private void settle(Member member) {
        UserName before = member.presentAs;
        Notification news = presence.settle(member);
        if (before != null && !before.equals(member.presentAs) && typing.end(before, member)) {
            sayTyping(before, true, member);
        }
        if (news != null && !rules.closing().get()) {
            if (presence.isListed()) {
                outgoing.toAllBut(himself(news.user(), member), news);
            }
            watch();
        }
    }

    /** Somebody is writing something. */
    public void typing(Member member, UserName name) {
        synchronized (channel) {
            if (!name.equals(member.presentAs)) {
                // He has just lost the name.
                return;
            }
            if (typing.begin(member, name, now())) {
                sayTyping(name, false, member);
            }
            watch();
        }
        channel.speak();
    }

    /** Somebody is not writing any more. */
    public void doneTyping(UserName name) {
        synchronized (channel) {
            endTyping(name);
        }
        channel.speak();
    }

    /** As {@link #doneTyping}, where the channel speaks anyway. */
    void endTyping(UserName name) {
        if (typing.end(name)) {
            sayTyping(name, true, null);
        }
    }

    private void sayTyping(UserName name, boolean done, @Nullable Member member) {
        List<Member> notTold = himself(name, member);
        notTold.addAll(audience.deafTo(name));
        outgoing.toAllBut(notTold, new ServerEnvelope.Typing(name, done));
    }

    /**
     * Who is not told what is told of somebody: he.
     *
     * @param member that may not hold the name any more
     */
    private List<Member> himself(UserName name, @Nullable Member member) {
        List<Member> himself = new ArrayList<>(names.holders(name));
        if (member != null) {
            himself.add(member);
        }
        return himself;
    }

    /** Who is here. */
    public Users users() {
        synchronized (channel) {
            return presence.users(null);
        }
    }

    /** Tells a member who is here: as it is between what the member has been told before and what it will be. */
    public void tellUsers(Member member, @Nullable String ref) {
        synchronized (channel) {
            outgoing.to(member, presence.users(ref));
        }
        channel.speak();
    }

    /** The members who are here under a name: one guest, or an account's connections. */
    public List<Member> find(UserName name) {
        synchronized (channel) {
            return names.holders(name).stream()
                    .filter(member -> isHere(member, name))
                    .toList();
        }
    }

    /** The guest who holds a name or is about to, whether he may speak under it or not yet. */
    public Optional<Member> guest(UserName name) {
        synchronized (channel) {
            return names.holders(name).stream().filter(People::isGuest).findFirst();
        }
    }

    /** What the guest who holds a name, or is about to, holds by it. */
    Optional<Holding> guestHolding(UserName name) {
        synchronized (channel) {
            return guest(name).map(Member::claimedOrHeld);
        }
    }

    private static boolean isGuest(Member member) {
        Holding holding = member.claimedOrHeld();
        return holding != null && holding.isGuest();
    }

    private static boolean isHere(Member member, UserName name) {
        return member.presentAs != null && member.presentAs.key().equals(name.key());
    }

    /** Says what has fallen due. */
    void keepUp() {
        synchronized (channel) {
            typing.expire(now()).forEach(name -> sayTyping(name, true, null));
            if (presence.hasChanged() && now() - listedNanos >= LIST_EVERY_NANOS) {
                listedNanos = now();
                presence.listSent();
                outgoing.toAll(presence.users(null));
            }
            if (!presence.hasChanged() && typing.isNobody()) {
                watched = false;
                rules.upkeep().unwatch(this);
            }
        }
        channel.speak();
    }

    private void watch() {
        if (!watched) {
            watched = true;
            rules.upkeep().watch(this);
        }
    }

    /** Nothing is remembered that somebody who returns would miss. */
    boolean remembersNothing() {
        synchronized (channel) {
            return names.remembersNothing(now());
        }
    }

    /** The channel is forgotten, and all of this with it. */
    void forgetAll() {
        synchronized (channel) {
            names.forgetAll();
        }
    }

    private long now() {
        return rules.nanoTime().getAsLong();
    }
}
