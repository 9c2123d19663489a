package chat.weir.connection;

import chat.weir.channel.Claim;
import chat.weir.channel.Member;
import chat.weir.connection.State.Authenticated;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is, and where: its state, its name, and the channels that it holds the name in.
 *
 * <p>Threading: guarded by this; changed by the thread that handles the client's envelopes, by the heartbeats, and by
 * whoever ends a login. Lock order: connection, standing, channel. Nothing is sent while the lock is held, and no two of these
 * locks are held at once.
 */
final class Standing {
    private static final State ANONYMOUS = new State.Anonymous();
    private static final String REPLACED = "another connection has taken your name by right";

    private final Environment environment;
    private final Connection connection;

    @GuardedBy("this")
    private final Memberships memberships;

    @GuardedBy("this")
    private State state = ANONYMOUS;

    @GuardedBy("this")
    private boolean left;

    Standing(Environment environment, Connection connection, Member own) {
        this.environment = environment;
        this.connection = connection;
        this.memberships = new Memberships(environment.channels(), own);
    }

    /**
     * The place in a channel that an envelope names.
     *
     * @param channel null: the URL's
     * @throws ErrorReply 403 if the connection is not in that channel
     */
    synchronized Member in(@Nullable ChannelId channel) {
        return memberships.in(channel);
    }

    synchronized boolean isIn(ChannelId channel) {
        return memberships.find(channel) != null;
    }

    /** As whom to speak. @throws ErrorReply 401 if there is no confirmed name yet */
    Author author() {
        State now = state();
        if (now instanceof Authenticated authenticated) {
            return authenticated.author();
        }
        throw new ErrorReply(
                ErrorCode.UNAUTHENTICATED,
                now instanceof State.Anonymous
                        ? "you have no name yet: send {\"type\":\"identity\",\"user\":\"...\"} first"
                        : "your name is not confirmed yet: answer the heartbeats until they say"
                                + " \"authenticated\":\"true\"");
    }

    /** Who holds the name, confirmed or not; null if nobody does. */
    synchronized @Nullable Author authorOrNull() {
        return state.author();
    }

    private synchronized State state() {
        return state;
    }

    /** The account that the client is logged in to, or {@link Author#GUEST}. */
    long account() {
        return state() instanceof Authenticated authenticated
                ? authenticated.author().account()
                : Author.GUEST;
    }

    /** Takes a name in all channels, or another one. Whoever loses it by that is told. */
    Claim.Result take(Claim claim) {
        List<Member> replaced = new ArrayList<>(0);
        Claim.Result result = take(claim, replaced);
        replaced.forEach(member -> member.owner().replaced(REPLACED));
        return result;
    }

    private synchronized Claim.Result take(Claim claim, List<Member> replaced) {
        if (left) {
            return Claim.Result.TAKEN;
        }
        Claim.Result result = memberships.claim(claim, replaced);
        if (result.isGranted()) {
            boolean confirmed = state.isAuthenticated()
                    || result.confirmed()
                    || claim.author().account() != Author.GUEST;
            state = confirmed
                    ? new Authenticated(claim.author())
                    : state.named(claim.author(), environment.rules().nanoTime().getAsLong());
            memberships.all().forEach(member -> member.channel().people().adopt(member, confirmed));
        }
        return result;
    }

    /** The connection hears what is said in its channels. */
    synchronized void listen() {
        memberships.all().forEach(member -> member.channel().listen(member));
    }

    /** Enters another channel under the name that the connection has. */
    Member join(ChannelId channel) {
        List<Member> replaced = new ArrayList<>(0);
        Member member = join(channel, replaced);
        replaced.forEach(lost -> lost.owner().replaced(REPLACED));
        return member;
    }

    private synchronized Member join(ChannelId channel, List<Member> replaced) {
        if (memberships.find(channel) != null) {
            throw new ErrorReply(ErrorCode.CONFLICT, "you are in the channel " + channel + " already");
        }
        if (left || memberships.size() >= environment.rules().maxChannels()) {
            throw new ErrorReply(
                    ErrorCode.TOO_MANY,
                    "a connection may be in " + environment.rules().maxChannels() + " channels: leave one first");
        }
        Member member = environment.channels().join(channel, connection.wire(), connection, Member.Place.JOINED);
        Author author = state.author();
        if (author != null) {
            Claim.Result result = member.channel().people().claim(member, new Claim(author, null));
            if (!result.isGranted()) {
                environment.channels().leave(member);
                throw new ErrorReply(ErrorCode.CONFLICT, "your name is taken in the channel " + channel);
            }
            if (result.replaced() != null) {
                replaced.add(result.replaced());
            }
            member.channel().people().adopt(member, state.isAuthenticated());
        }
        memberships.add(member);
        return member;
    }

    /** Leaves a channel that was joined. */
    synchronized Member leave(ChannelId channel) {
        Member member = memberships.in(channel);
        if (member == memberships.own()) {
            throw new ErrorReply(
                    ErrorCode.FORBIDDEN, "this is the channel of your URL: leave it by closing the connection");
        }
        memberships.remove(member);
        return member;
    }

    synchronized boolean hasLeft() {
        return left;
    }

    /** The name is free and the channels are left, for good; false if that had been done before. */
    synchronized boolean leaveAll() {
        if (left) {
            return false;
        }
        left = true;
        becomeAnonymous();
        memberships.leaveAll();
        return true;
    }

    /** Time moves the state on; whether it is authenticated now. */
    synchronized boolean beat(Beat beat, long lastHeardNanos) {
        boolean before = state.isAuthenticated();
        if (beat.silenceNanos(lastHeardNanos) >= environment.rules().silence().toNanos()) {
            becomeAnonymous();
        } else {
            state = state.beat(beat.nowNanos(), environment.rules().grace());
        }
        boolean after = state.isAuthenticated();
        if (after && !before) {
            memberships.all().forEach(member -> member.channel().people().confirm(member));
        }
        return after;
    }

    @GuardedBy("this")
    private void becomeAnonymous() {
        Author author = state.author();
        if (author == null) {
            return;
        }
        if (author.account() != Author.GUEST) {
            environment.logins().open().remove(author.account(), connection);
        }
        for (Member member : memberships.all()) {
            member.channel().people().lose(member);
            if (environment.rules().requireAccount()) {
                member.channel().stopListening(member);
            }
        }
        state = ANONYMOUS;
    }
}
