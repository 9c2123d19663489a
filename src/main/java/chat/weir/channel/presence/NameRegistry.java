package chat.weir.channel.presence;

import chat.weir.protocol.UserName;
import chat.weir.worker.ExpiringMap;
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
final class NameRegistry<M extends NameHolder> {
    private final Map<String, List<M>> holders = new HashMap<>(4);
    private final ExpiringMap<String, HeldName> lost;
    private final Clock clock;

    NameRegistry(Semaphore permits, Clock clock) {
        this.lost = new ExpiringMap<>(permits);
        this.clock = clock;
    }

    /**
     * What a claim has done to the channel.
     *
     * @param replaced the member that lost the name to the claimant; null: none did
     * @param absent the name under which that member was present, unless the claimant takes its place; null: none
     */
    record Outcome<M>(
            NameClaim.Result result,
            @Nullable M replaced,
            @Nullable UserName absent) {}

    /** Grants a member a second name, until {@link #adopt} or {@link #renounce}. */
    Outcome<M> claim(M member, NameClaim claim, long nowNanos) {
        String key = claim.identity().name().key();
        M holder = holder(key);
        if (holder == null) {
            return grant(member, claim, resumable(key, claim, nowNanos));
        }
        if (member.equals(holder)) {
            return grant(member, claim, member.held());
        }
        if (isSameAccount(holder, claim)) {
            return grant(member, claim, null);
        }
        return mayReplace(holder, claim)
                ? replace(holder, member, claim)
                : new Outcome<>(NameClaim.Result.TAKEN, null, null);
    }

    /** A guest who replaces their own member stays present; to the others nothing has changed. */
    private Outcome<M> replace(M holder, M member, NameClaim claim) {
        HeldName before = claim.identity().isGuest() ? holder.held() : null;
        UserName wasPresentAs = holder.name();
        UserName takesPlaceOf = before != null && member.name() == null ? wasPresentAs : null;
        release(holder);
        HeldName claimed = add(member, claim, before, takesPlaceOf);
        return new Outcome<>(result(claimed, holder.client()), holder, takesPlaceOf == null ? wasPresentAs : null);
    }

    private Outcome<M> grant(M member, NameClaim claim, @Nullable HeldName before) {
        return new Outcome<>(result(add(member, claim, before, null), null), null, null);
    }

    private static NameClaim.Result result(HeldName claimed, @Nullable NameOwner replaced) {
        return new NameClaim.Result(claimed.secrets().latest(), claimed.identity(), claimed.confirmed(), replaced);
    }

    private HeldName add(M member, NameClaim claim, @Nullable HeldName before, @Nullable UserName presentAs) {
        HeldName claimed = newHeldName(claim, before);
        lost.remove(claimed.key());
        List<M> all = holders.computeIfAbsent(claimed.key(), k -> new ArrayList<>(1));
        if (!all.contains(member)) {
            all.add(member);
        }
        member.claim(claimed, presentAs);
        return claimed;
    }

    boolean grants(M member, NameClaim claim) {
        M holder = holder(claim.identity().name().key());
        return holder == null || holder.equals(member) || isSameAccount(holder, claim) || mayReplace(holder, claim);
    }

    private @Nullable M holder(String key) {
        List<M> all = holders.get(key);
        return all == null ? null : all.get(0);
    }

    /** The members that hold a name or claim it. */
    List<M> holders(UserName name) {
        return holders.getOrDefault(name.key(), List.of());
    }

    private static boolean isSameAccount(NameHolder holder, NameClaim claim) {
        HeldName held = holder.claimedOrHeld();
        return held != null && held.identity().isSameAccount(claim.identity());
    }

    private static boolean mayReplace(NameHolder holder, NameClaim claim) {
        HeldName held = holder.claimedOrHeld();
        if (held == null || !held.isGuest()) {
            return false;
        }
        return !claim.identity().isGuest()
                || held.isBy(claim.identity().participant(), claim.resume())
                || holder.client().equals(claim.predecessor());
    }

    /** Returns the claim in the name of the participant that its secret proves the claimant to be. */
    NameClaim recognised(NameClaim claim, long nowNanos) {
        String key = claim.identity().name().key();
        M holder = holder(key);
        HeldName before = holder == null ? lost.find(key, nowNanos) : holder.claimedOrHeld();
        if (before == null || !before.isGuest() || !before.hasSecret(claim.resume())) {
            return claim;
        }
        UserIdentity proven = claim.identity().isGuest() ? before.identity() : claim.identity();
        return claim.by(proven.participant(), holder == null ? null : holder.client());
    }

    private @Nullable HeldName resumable(String key, NameClaim claim, long nowNanos) {
        HeldName before = lost.find(key, nowNanos);
        return before != null && before.isBy(claim.identity().participant(), claim.resume()) ? before : null;
    }

    private HeldName newHeldName(NameClaim claim, @Nullable HeldName before) {
        Instant now = clock.instant();
        Participant holder = claim.identity().participant();
        return new HeldName(
                claim.identity(),
                before == null
                        ? HeldName.Secrets.first(holder)
                        : before.secrets().next(holder, claim.resume()),
                before == null ? now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 : before.sinceMicros(),
                before != null && before.confirmed());
    }

    /** The member keeps what it claimed, and loses the name that it had. */
    void adopt(M member, boolean confirmed) {
        HeldName claimed = member.claimed();
        if (claimed != null) {
            HeldName had = member.held();
            if (had != null && !had.key().equals(claimed.key())) {
                remove(member, had);
            }
            member.hold(claimed.confirmed(confirmed));
        }
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    void renounce(M member) {
        HeldName claimed = member.claimed();
        HeldName held = member.held();
        member.renounce();
        if (claimed != null && (held == null || !held.key().equals(claimed.key()))) {
            remove(member, claimed);
        }
    }

    /** Frees the name that a member holds; a guest may take it back. */
    void lose(M member, long nowNanos) {
        HeldName held = member.held();
        release(member);
        if (held != null && held.isGuest()) {
            lost.put(held.key(), held, nowNanos);
        }
    }

    /** Frees what a member holds and claims, for good. */
    void release(M member) {
        renounce(member);
        HeldName held = member.held();
        if (held != null) {
            remove(member, held);
            member.hold(null);
        }
    }

    private void remove(M member, HeldName held) {
        holders.computeIfPresent(held.key(), (key, all) -> {
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
