package chat.weir.channel;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who the members of a channel are: the names that they claim, hold and lose.
 *
 * <p>Threading: guarded by the channel.
 */
public final class People {
    private final Channel channel;
    private final Names names;
    private final LongSupplier nanoTime;

    People(Channel channel, ChannelRules rules) {
        this.channel = channel;
        this.names = new Names(rules.memoryPlaces(), rules.clock());
        this.nanoTime = rules.nanoTime();
    }

    /** Gives a member a name beside the one that it has, until it is told to {@link #adopt} or {@link #renounce} it. */
    public Claim.Result claim(Member member, Claim claim) {
        synchronized (channel) {
            return names.claim(member, claim, now());
        }
    }

    /** Whose place in all channels the claimant may take: the holder's, if the claim's secret is his. */
    public Member.@Nullable Owner predecessor(Claim claim) {
        synchronized (channel) {
            return names.predecessor(claim);
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
        }
    }

    /** The member loses what it claimed, and keeps the name that it had. */
    public void renounce(Member member) {
        synchronized (channel) {
            names.renounce(member);
        }
    }

    /** The member may speak under its name. */
    public void confirm(Member member) {
        synchronized (channel) {
            names.confirm(member);
        }
    }

    /** Frees the name that a member holds, if it holds one; its secret gets it back. */
    public void lose(Member member) {
        synchronized (channel) {
            names.lose(member, now());
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
        return nanoTime.getAsLong();
    }
}
