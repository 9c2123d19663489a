package chat.weir.channel.presence;

import chat.weir.history.StoredMessage;
import chat.weir.protocol.UserName;
import org.jspecify.annotations.Nullable;

/**
 * A member of a channel, as the channel's names know it: with the name that it holds, and the name that it claims while
 * the other channels of its client are asked.
 *
 * <p>A connection knows its own {@link UserIdentity} too, and has to: a channel takes a name away from a member at once,
 * under its own lock, and the connection learns of it afterwards. The channel's lock must not wait for the connection's.
 *
 * <p>Threading: changed by the {@link NameRegistry}, under the channel's lock; read by any thread.
 */
public abstract class NameHolder {
    private static final Names NONE = new Names(null, null, null);

    private volatile Names names = NONE;

    /**
     * What a member holds and claims; one value, so that readers see a change at once or not at all.
     *
     * @param presentAs the name under which a replaced member was present, until the claim is adopted or renounced; null: no
     *     member is being replaced
     */
    private record Names(
            @Nullable HeldName held,
            @Nullable HeldName claimed,
            @Nullable UserName presentAs) {}

    /** The client that is this member. */
    public abstract NameOwner client();

    /** The name under which others see it as present; null: it is not authenticated. */
    public final @Nullable UserName name() {
        Names now = names;
        return now.held != null && now.held.confirmed() ? now.held.name() : now.presentAs;
    }

    /** The participant behind its name, confirmed or not; null: it has no name. */
    public final @Nullable Participant participant() {
        HeldName held = held();
        return held == null ? null : held.identity().participant();
    }

    /** Whether this member is the author of a message, under its present name. */
    public final boolean wrote(StoredMessage message) {
        HeldName held = held();
        return held != null && held.wrote(message);
    }

    final @Nullable HeldName held() {
        return names.held;
    }

    final @Nullable HeldName claimed() {
        return names.claimed;
    }

    final @Nullable HeldName claimedOrHeld() {
        Names now = names;
        return now.claimed == null ? now.held : now.claimed;
    }

    /** @param presentAs the name under which another member was present whose place it takes; null: it takes none */
    final void claim(HeldName name, @Nullable UserName presentAs) {
        names = new Names(names.held, name, presentAs);
    }

    /** @param name null: it holds none */
    final void hold(@Nullable HeldName name) {
        names = name == null ? NONE : new Names(name, null, null);
    }

    /** Gives up the claim, and keeps the name that it holds. */
    final void renounce() {
        hold(names.held);
    }

    final void confirm() {
        Names now = names;
        if (now.held != null) {
            names = new Names(now.held.confirmed(true), now.claimed, now.presentAs);
        }
    }
}
