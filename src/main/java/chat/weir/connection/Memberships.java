package chat.weir.connection;

import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.Member;
import chat.weir.channel.presence.NameClaim;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The channels that one connection is in: that of its URL, and those that it joined. It has the same name and the same
 * block list in all of them.
 *
 * <p>Threading: guarded by this. Lock order: identity, memberships, channel.
 */
public final class Memberships {
    private final ChannelRegistry channels;
    private final JoinPolicy joinPolicy;
    private final Member own;
    private final int maxChannels;

    /** Null until the first channel is joined: most connections never join one. */
    @GuardedBy("this")
    private @Nullable Map<ChannelId, Member> joined;

    @GuardedBy("this")
    private BlockList blocked = BlockList.NONE;

    @GuardedBy("this")
    private boolean ended;

    Memberships(ChannelRegistry channels, JoinPolicy joinPolicy, Member own, int maxChannels) {
        this.channels = channels;
        this.joinPolicy = joinPolicy;
        this.own = own;
        this.maxChannels = maxChannels;
    }

    /** The membership of the URL's channel. */
    public Member own() {
        return own;
    }

    /**
     * Returns the membership of the channel that an envelope names.
     *
     * @param channel null: the URL's
     * @throws ChatException 403 if the connection is not in that channel
     */
    public synchronized Member in(@Nullable ChannelId channel) {
        Member member = channel == null ? own : find(channel);
        if (member == null) {
            throw new ChatException(
                    ErrorReason.NOT_MEMBER, "you are not in the channel " + channel + ": join it first");
        }
        return member;
    }

    @GuardedBy("this")
    private @Nullable Member find(ChannelId channel) {
        if (own.channel().id().equals(channel)) {
            return own;
        }
        return joined == null ? null : joined.get(channel);
    }

    /** All memberships, the URL's first. */
    public synchronized List<Member> all() {
        if (joined == null) {
            return List.of(own);
        }
        List<Member> all = new ArrayList<>(size());
        all.add(own);
        all.addAll(joined.values());
        return all;
    }

    public synchronized int size() {
        return joined == null ? 1 : 1 + joined.size();
    }

    public synchronized boolean isIn(ChannelId channel) {
        return find(channel) != null;
    }

    /** All channels have been left for good. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** Starts the delivery of what is published in the channels. */
    public synchronized void listen() {
        all().forEach(member -> member.channel().listen(member));
    }

    /**
     * Enters another channel.
     *
     * @throws ChatException 403 if the policy refuses it, 409 if the name is taken there or the connection is in the
     *     channel already, 429 if it is in as many channels as it may be
     */
    synchronized Member join(ChannelId channel, AuthState state, DeferredNotices notices) {
        if (find(channel) != null) {
            throw new ChatException(ErrorReason.ALREADY_MEMBER, "you are in the channel " + channel + " already");
        }
        if (ended || size() >= maxChannels) {
            throw new ChatException(
                    ErrorReason.TOO_MANY_CHANNELS,
                    "a connection may be in " + maxChannels + " channels: leave one first");
        }
        return enter(channel, state, notices);
    }

    /**
     * Brings the client into a private chat to which it was invited, or finds it there already. Invitations fill at most
     * half of the channels that a connection may be in, so that others cannot keep the client from joining channels.
     *
     * @return where to tell the client of it: in the chat or, if it is in too many channels, in the URL's; null if it may
     *     not enter
     */
    synchronized @Nullable Member accept(ChannelId chat, AuthState state, DeferredNotices notices) {
        Member member = find(chat);
        if (member != null) {
            return member;
        }
        try {
            return size() < (maxChannels + 1) / 2 ? enter(chat, state, notices) : own;
        } catch (ChatException e) {
            // The inviter is not told why the client may not enter.
            return null;
        }
    }

    @GuardedBy("this")
    private Member enter(ChannelId channel, AuthState state, DeferredNotices notices) {
        joinPolicy.check(channel, state.identity(), own.client().address());
        Member member = channels.join(channel, own.client());
        boolean isIn = false;
        try {
            // Check again after joining: from now on the chat cannot end, and a concurrent ban finds the member.
            joinPolicy.check(channel, state.identity(), own.client().address());
            claimName(member, state, notices);
            add(member);
            isIn = true;
        } finally {
            if (!isIn) {
                // After any failure: a member that its connection does not know would never leave.
                channels.leave(member);
            }
        }
        return member;
    }

    private static void claimName(Member member, AuthState state, DeferredNotices notices) {
        UserIdentity identity = state.identity();
        if (identity == null) {
            return;
        }
        NameClaim.Result result = member.channel().roster().claim(member, new NameClaim(identity, null));
        if (!result.isGranted()) {
            throw new ChatException(
                    ErrorReason.NAME_TAKEN,
                    "your name is taken in the channel " + member.channel().id());
        }
        notices.replaced(result.replaced());
        member.channel().roster().adopt(member, state.isAuthenticated());
    }

    @GuardedBy("this")
    private void add(Member member) {
        if (joined == null) {
            joined = new LinkedHashMap<>(4);
        }
        joined.put(member.channel().id(), member);
        if (!blocked.all().isEmpty()) {
            member.channel().setBlocked(member, blocked.all());
        }
    }

    @GuardedBy("this")
    private void remove(Member member) {
        if (joined != null) {
            joined.remove(member.channel().id());
        }
        channels.leave(member);
    }

    /**
     * Leaves a channel that was joined, and answers in the same step, behind what was published there before.
     *
     * @throws ChatException 403 if the connection is not in it, or it is the URL's
     */
    public synchronized void leave(Leave leave) {
        Member member = in(leave.channel());
        if (member.equals(own)) {
            throw new ChatException(
                    ErrorReason.FORBIDDEN, "this is the channel of your URL: leave it by closing the connection");
        }
        remove(member);
        member.channel().send(member, new ServerEnvelope.Left(leave.channel(), leave.ref()));
    }

    /** Removes the client from a channel that it joined, and tells it. */
    void expel(ChannelId channel) {
        DeferredNotices notices = new DeferredNotices();
        synchronized (this) {
            Member member = joined == null ? null : joined.get(channel);
            if (member != null) {
                remove(member);
                notices.left(List.of(member));
            }
        }
        notices.send();
    }

    /** Leaves the private chats that the client may not be in any more, since its identity has changed. */
    synchronized void leaveClosed(@Nullable UserIdentity identity, DeferredNotices notices) {
        if (joined != null) {
            List<Member> closed = joined.values().stream()
                    .filter(member -> joinPolicy.isClosedTo(member.channel().id(), identity))
                    .toList();
            closed.forEach(this::remove);
            notices.left(closed);
        }
    }

    synchronized void leaveJoined() {
        if (joined != null) {
            joined.values().forEach(channels::leave);
            joined = null;
        }
    }

    /** Leaves all channels for good. */
    synchronized void leaveAll() {
        ended = true;
        try {
            leaveJoined();
        } finally {
            channels.leave(own);
        }
    }

    public synchronized BlockList blocked() {
        return blocked;
    }

    public synchronized void changeBlocked(UnaryOperator<BlockList> change) {
        blocked = change.apply(blocked);
        all().forEach(member -> member.channel().setBlocked(member, blocked.all()));
    }

    /** Whether a mute in one of the channels forbids to announce this name. */
    boolean isNameMuted(Author author) {
        return joinPolicy.isNameMuted(all(), author);
    }

    /** Removes the client from the channels from which it is banned under its present name. */
    void leaveBanned() {
        joinPolicy.accessControl().disconnectIfBanned(all());
    }

    /**
     * Claims a name in all channels; it is granted in all or in none.
     *
     * @param notices takes the members that lose the name to this claim
     * @return the result in the URL's channel, or that the name is taken in one of them
     */
    synchronized NameClaim.Result claim(NameClaim wish, DeferredNotices notices) {
        NameClaim claim = own.channel().roster().recognised(wish);
        List<Member> all = all();
        // Look first, so that no member loses its name to a claim that fails in another channel. After that only a race
        // can make it fail.
        if (!all.stream().allMatch(member -> member.channel().roster().grants(member, claim))) {
            return NameClaim.Result.TAKEN;
        }
        NameClaim.Result result = NameClaim.Result.TAKEN;
        // The URL's channel last, where most is lost.
        for (int i = all.size() - 1; i >= 0; i--) {
            Member member = all.get(i);
            result = member.channel().roster().claim(member, claim);
            notices.replaced(result.replaced());
            if (!result.isGranted()) {
                forEach(one -> one.channel().roster().renounce(one));
                break;
            }
        }
        return result;
    }

    synchronized void forEach(Consumer<Member> action) {
        all().forEach(action);
    }
}
