package chat.weir.channel;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Users;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
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
                typing.end(result.replaced()).ifPresent(name -> sayTyping(name, true));
                settle(result.replaced());
            }
        }
        channel.speak();
        return result;
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
            names.adopt(member);
            if (confirmed) {
                names.confirm(member);
            }
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
        UserName after = member.presentAs;
        if (before != null && !before.equals(after) && typing.end(before, member)) {
            sayTyping(before, true, holdersAnd(member, before));
        }
        if (news != null) {
            tell(member, news);
        }
    }

    /** Whoever it is about hears nothing of it, although the name may not be his any more. */
    private void tell(Member about, Notification news) {
        if (rules.closing().get()) {
            return;
        }
        if (presence.isListed()) {
            outgoing.toAllBut(holdersAnd(about, news.user()), news);
        }
        watch();
    }

    private List<Member> holdersAnd(Member member, UserName name) {
        List<Member> all = new ArrayList<>(names.holders(name));
        all.add(member);
        return all;
    }

    /** Somebody is writing something. */
    public void typing(Member member, UserName name) {
        synchronized (channel) {
            if (typing.begin(member, name, now())) {
                sayTyping(name, false);
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
            sayTyping(name, true);
        }
    }

    private void sayTyping(UserName name, boolean done) {
        sayTyping(name, done, names.holders(name));
    }

    private void sayTyping(UserName name, boolean done, List<Member> himself) {
        List<Member> notTold = new ArrayList<>(himself);
        notTold.addAll(audience.deafTo(name));
        outgoing.toAllBut(notTold, new ServerEnvelope.Typing(name, done));
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
                    .filter(member -> member.presentAs != null)
                    .toList();
        }
    }

    /** Says what has fallen due. */
    void keepUp() {
        synchronized (channel) {
            typing.expire(now()).forEach(name -> sayTyping(name, true));
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
