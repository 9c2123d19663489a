package chat.weir.channel;

import chat.weir.history.Author;
import chat.weir.protocol.UserName;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which name in a channel. One guest holds a name, or any number of connections of one account. A guest's name
 * that has become free can for five minutes be taken back by its secret without waiting, unless another has had it
 * since. A guest may replace their own member: a connection that ends leaves its channels one by one, and the next
 * connection of the same guest may join one of them in between.
 *
 * <p>An account has a right to its name: a guest who took it before the account was made loses it.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class Names {
    private final Map<String, List<Member>> holders = new HashMap<>(4);
    private final Remembered<String, Holding> lost;
    private final Clock clock;

    Names(Semaphore places, Clock clock) {
        this.lost = new Remembered<>(places);
        this.clock = clock;
    }

    /** Gives a member a name beside the one that it has, until {@link #adopt} or {@link #renounce}. */
    Claim.Result claim(Member member, Claim claim, long nowNanos) {
        String key = claim.author().name().key();
        Member holder = holder(key);
        Holding before;
        Member replaced = null;
        if (holder == null || holder == member) {
            before = holder == null ? resumable(key, claim, nowNanos) : member.holding();
        } else if (isSameAccount(holder, claim)) {
            before = null;
        } else if (mayReplace(holder, claim)) {
            before = claim.person().isGuest() ? holder.holding() : null;
            replaced = holder;
            if (before != null) {
                Presence.pass(holder, member);
            }
            release(holder);
        } else {
            return Claim.Result.TAKEN;
        }
        lost.remove(key);
        List<Member> all = holders.computeIfAbsent(key, k -> new ArrayList<>(1));
        if (!all.contains(member)) {
            all.add(member);
        }
        Holding claimed = holding(claim, before);
        member.claimed = claimed;
        return new Claim.Result(claimed.secrets().latest(), claimed.person(), claimed.confirmed(), replaced);
    }

    boolean grants(Member member, Claim claim) {
        Member holder = holder(claim.author().name().key());
        return holder == null || holder.equals(member) || isSameAccount(holder, claim) || mayReplace(holder, claim);
    }

    private @Nullable Member holder(String key) {
        List<Member> all = holders.get(key);
        return all == null ? null : all.get(0);
    }

    /** Those who hold a name or claim it. */
    List<Member> holders(UserName name) {
        return holders.getOrDefault(name.key(), List.of());
    }

    private static boolean isSameAccount(Member holder, Claim claim) {
        Holding held = holder.claimedOrHeld();
        return held != null
                && !held.isGuest()
                && held.author().account() == claim.author().account();
    }

    private static boolean mayReplace(Member holder, Claim claim) {
        Holding held = holder.claimedOrHeld();
        if (held == null || !held.isGuest()) {
            return false;
        }
        return claim.author().account() != Author.GUEST
                || held.isBy(claim)
                || holder.owner().equals(claim.predecessor());
    }

    /** The same claim by whoever its secret shows the claimant to be: here, and in the other channels too. */
    Claim recognised(Claim claim, long nowNanos) {
        String key = claim.author().name().key();
        Member holder = holder(key);
        Holding before = holder == null ? lost.find(key, nowNanos) : holder.claimedOrHeld();
        if (before == null || !before.hasSecret(claim.resume())) {
            return claim;
        }
        Person person = claim.person().isGuest() ? before.person() : claim.person();
        return claim.by(person, holder == null ? null : holder.owner());
    }

    private @Nullable Holding resumable(String key, Claim claim, long nowNanos) {
        Holding before = lost.find(key, nowNanos);
        return before != null && before.isBy(claim) ? before : null;
    }

    private Holding holding(Claim claim, @Nullable Holding before) {
        Instant now = clock.instant();
        return new Holding(
                claim.author(),
                claim.person(),
                before == null ? Holding.Secrets.first() : before.secrets().next(claim.resume()),
                before == null ? now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 : before.sinceMicros(),
                before != null && before.confirmed());
    }

    /** The member keeps what it claimed, and loses the name that it had. */
    void adopt(Member member, boolean confirmed) {
        Holding claimed = member.claimed;
        if (claimed != null) {
            Holding had = member.holding();
            if (had != null && !isSameKey(had, claimed)) {
                remove(member, had);
            }
            member.hold(claimed.confirmed(confirmed));
            member.claimed = null;
        }
    }

    /** The member may speak under its name. */
    void confirm(Member member) {
        Holding held = member.holding();
        if (held != null) {
            member.hold(held.confirmed(true));
        }
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    void renounce(Member member) {
        Holding claimed = member.claimed;
        member.claimed = null;
        if (claimed != null && (member.holding() == null || !isSameKey(claimed, member.holding()))) {
            remove(member, claimed);
        }
    }

    private static boolean isSameKey(Holding one, Holding other) {
        return one.author().name().key().equals(other.author().name().key());
    }

    /** Frees the name that a member holds; a guest may take it back. */
    void lose(Member member, long nowNanos) {
        Holding held = member.holding();
        release(member);
        if (held != null && held.isGuest()) {
            lost.put(held.author().name().key(), held, nowNanos);
        }
    }

    /** Frees what a member holds and claims, for good. */
    void release(Member member) {
        renounce(member);
        Holding held = member.holding();
        if (held != null) {
            remove(member, held);
            member.hold(null);
        }
    }

    private void remove(Member member, Holding held) {
        holders.computeIfPresent(held.author().name().key(), (key, all) -> {
            all.remove(member);
            return all.isEmpty() ? null : all;
        });
    }

    boolean remembersNothing(long nowNanos) {
        return lost.isEmpty(nowNanos);
    }

    /** The channel is forgotten, and all of this with it. */
    void forgetAll() {
        lost.forgetAll();
    }
}
