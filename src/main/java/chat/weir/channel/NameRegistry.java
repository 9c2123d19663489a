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
 * The holders of the names in a channel. A name is held by one guest, or by any number of connections of one account. For
 * five minutes a guest can take back a name that has become free by its secret, without a new confirmation, unless another
 * has held it since. A guest may replace their own member: a connection that ends leaves its channels one by one, and the next
 * connection of the same guest may join one of them in between.
 *
 * <p>An account has precedence: a guest who took its name before the account was made loses it.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class NameRegistry {
    private final Map<String, List<Member>> holders = new HashMap<>(4);
    private final ExpiringMap<String, HeldName> lost;
    private final Clock clock;

    NameRegistry(Semaphore places, Clock clock) {
        this.lost = new ExpiringMap<>(places);
        this.clock = clock;
    }

    /** Grants a member a second name, until {@link #adopt} or {@link #renounce}. */
    NameClaim.Result claim(Member member, NameClaim claim, long nowNanos) {
        String key = claim.author().name().key();
        Member holder = holder(key);
        HeldName before;
        Member replaced = null;
        if (holder == null || holder == member) {
            before = holder == null ? resumable(key, claim, nowNanos) : member.heldName();
        } else if (isSameAccount(holder, claim)) {
            before = null;
        } else if (mayReplace(holder, claim)) {
            before = claim.participant().isGuest() ? holder.heldName() : null;
            replaced = holder;
            if (before != null) {
                PresenceList.pass(holder, member);
            }
            release(holder);
        } else {
            return NameClaim.Result.TAKEN;
        }
        lost.remove(key);
        List<Member> all = holders.computeIfAbsent(key, k -> new ArrayList<>(1));
        if (!all.contains(member)) {
            all.add(member);
        }
        HeldName claimed = newHeldName(claim, before);
        member.claimed = claimed;
        return new NameClaim.Result(claimed.secrets().latest(), claimed.participant(), claimed.confirmed(), replaced);
    }

    boolean grants(Member member, NameClaim claim) {
        Member holder = holder(claim.author().name().key());
        return holder == null || holder.equals(member) || isSameAccount(holder, claim) || mayReplace(holder, claim);
    }

    private @Nullable Member holder(String key) {
        List<Member> all = holders.get(key);
        return all == null ? null : all.get(0);
    }

    /** The members that hold a name or claim it. */
    List<Member> holders(UserName name) {
        return holders.getOrDefault(name.key(), List.of());
    }

    private static boolean isSameAccount(Member holder, NameClaim claim) {
        HeldName held = holder.claimedOrHeld();
        return held != null
                && !held.isGuest()
                && held.author().account() == claim.author().account();
    }

    private static boolean mayReplace(Member holder, NameClaim claim) {
        HeldName held = holder.claimedOrHeld();
        if (held == null || !held.isGuest()) {
            return false;
        }
        return claim.author().account() != Author.GUEST
                || held.isBy(claim.participant(), claim.resume())
                || holder.client().equals(claim.predecessor());
    }

    /** Returns the claim in the name of the participant that its secret proves the claimant to be. */
    NameClaim recognised(NameClaim claim, long nowNanos) {
        String key = claim.author().name().key();
        Member holder = holder(key);
        HeldName before = holder == null ? lost.find(key, nowNanos) : holder.claimedOrHeld();
        if (before == null || !before.hasSecret(claim.resume())) {
            return claim;
        }
        Participant participant = claim.participant().isGuest() ? before.participant() : claim.participant();
        return claim.by(participant, holder == null ? null : holder.client());
    }

    private @Nullable HeldName resumable(String key, NameClaim claim, long nowNanos) {
        HeldName before = lost.find(key, nowNanos);
        return before != null && before.isBy(claim.participant(), claim.resume()) ? before : null;
    }

    private HeldName newHeldName(NameClaim claim, @Nullable HeldName before) {
        Instant now = clock.instant();
        return new HeldName(
                claim.author(),
                claim.participant(),
                before == null ? HeldName.Secrets.first() : before.secrets().next(claim.resume()),
                before == null ? now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 : before.sinceMicros(),
                before != null && before.confirmed());
    }

    /** The member keeps what it claimed, and loses the name that it had. */
    void adopt(Member member, boolean confirmed) {
        HeldName claimed = member.claimed;
        if (claimed != null) {
            HeldName had = member.heldName();
            if (had != null && !isSameKey(had, claimed)) {
                remove(member, had);
            }
            member.hold(claimed.confirmed(confirmed));
            member.claimed = null;
        }
    }

    /** The member may send messages under its name. */
    void confirm(Member member) {
        HeldName held = member.heldName();
        if (held != null) {
            member.hold(held.confirmed(true));
        }
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    void renounce(Member member) {
        HeldName claimed = member.claimed;
        member.claimed = null;
        if (claimed != null && (member.heldName() == null || !isSameKey(claimed, member.heldName()))) {
            remove(member, claimed);
        }
    }

    private static boolean isSameKey(HeldName one, HeldName other) {
        return one.author().name().key().equals(other.author().name().key());
    }

    /** Frees the name that a member holds; a guest may take it back. */
    void lose(Member member, long nowNanos) {
        HeldName held = member.heldName();
        release(member);
        if (held != null && held.isGuest()) {
            lost.put(held.author().name().key(), held, nowNanos);
        }
    }

    /** Frees what a member holds and claims, for good. */
    void release(Member member) {
        renounce(member);
        HeldName held = member.heldName();
        if (held != null) {
            remove(member, held);
            member.hold(null);
        }
    }

    private void remove(Member member, HeldName held) {
        holders.computeIfPresent(held.author().name().key(), (key, all) -> {
            all.remove(member);
            return all.isEmpty() ? null : all;
        });
    }

    boolean isForgettable(long nowNanos) {
        return lost.isEmpty(nowNanos);
    }

    /** Releases all entries, when the channel is forgotten. */
    void forgetAll() {
        lost.forgetAll();
    }
}
