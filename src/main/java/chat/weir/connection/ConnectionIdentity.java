package chat.weir.connection;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.Channel;
import chat.weir.channel.Member;
import chat.weir.channel.presence.NameClaim;
import chat.weir.channel.presence.Participant;
import chat.weir.channel.presence.Roster;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.connection.AuthState.Authenticated;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a connection: its authentication state, and the name that it holds in all its channels. Whatever must
 * not happen while the name changes, such as entering a channel, is a method of this class.
 *
 * <p>Threading: guarded by this; changed by the thread that handles the client's envelopes, by the heartbeats and by the
 * end of a login. Lock order: connection, identity, memberships, channel. Nothing is sent while the lock is held, and no
 * thread holds the identities of two connections.
 */
public final class ConnectionIdentity {
    private static final AuthState ANONYMOUS = new AuthState.Anonymous(false);
    private static final AuthState SILENCED = new AuthState.Anonymous(true);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConnectionConfig config;
    private final Memberships memberships;

    @GuardedBy("this")
    private AuthState state = ANONYMOUS;

    /** Of an account; null for a guest. */
    @GuardedBy("this")
    private LoginRegistry<?>.@Nullable Registration login;

    ConnectionIdentity(ConnectionConfig config, Memberships memberships) {
        this.config = config;
        this.memberships = memberships;
    }

    Memberships memberships() {
        return memberships;
    }

    /** Returns the author of what the client sends. @throws ChatException 401 if there is no confirmed name yet */
    public Author author() {
        return sender().author();
    }

    /**
     * Returns the author of what the client sends, and the participant behind the name.
     *
     * @throws ChatException 401 if there is no confirmed name yet
     */
    public UserIdentity sender() {
        AuthState now = state();
        if (now instanceof Authenticated authenticated) {
            return authenticated.identity();
        }
        throw new ChatException(
                now instanceof AuthState.Anonymous ? ErrorReason.UNAUTHENTICATED : ErrorReason.UNCONFIRMED,
                whyNot(now));
    }

    private static String whyNot(AuthState now) {
        if (!(now instanceof AuthState.Anonymous anonymous)) {
            return "your name is not confirmed yet: answer the heartbeats until they say \"authenticated\":\"true\"";
        }
        return anonymous.silenced()
                ? "you have lost your name, since you answered no heartbeats: take it again, and send"
                        + " {\"type\":\"heartbeat\"} for each"
                : "you have no name yet: send {\"type\":\"identity\",\"user\":\"...\"} first";
    }

    /** The holder of the name, confirmed or not; null: there is none. */
    public @Nullable Author authorOrNull() {
        UserIdentity now = state().identity();
        return now == null ? null : now.author();
    }

    /** The participant behind the name; null: there is none. */
    public @Nullable Participant participant() {
        UserIdentity now = state().identity();
        return now == null ? null : now.participant();
    }

    /** The account that the client is logged in to, or {@link Author#GUEST}. */
    public long account() {
        return state() instanceof Authenticated authenticated
                ? authenticated.identity().author().account()
                : Author.GUEST;
    }

    private synchronized AuthState state() {
        return state;
    }

    ConnectionState connectionState() {
        AuthState current = state();
        if (current.isAuthenticated()) {
            return ConnectionState.AUTHENTICATED;
        }
        return current.identity() == null ? ConnectionState.ANONYMOUS : ConnectionState.PENDING;
    }

    /**
     * Takes a name, or another one, in all channels, as a guest. Members that lose the name to this are notified.
     *
     * @param resume the secret that came with the name when the client had it before
     */
    public NameClaim.Result takeName(Author guest, @Nullable String resume) {
        return take(guest, resume, null);
    }

    /**
     * Takes an account's name in all channels, in place of any other. Members that lose the name to this are notified.
     *
     * @param registration closed when the client logs out or leaves
     */
    public NameClaim.Result logIn(Author account, LoginRegistry<?>.Registration registration) {
        return take(account, null, registration);
    }

    private NameClaim.Result take(
            Author author, @Nullable String resume, LoginRegistry<?>.@Nullable Registration registration) {
        DeferredNotices notices = new DeferredNotices();
        NameClaim.Result result;
        synchronized (this) {
            result = claim(author, resume, notices);
            if (result.isGranted()) {
                login = registration;
            }
        }
        notices.send();
        return result;
    }

    @GuardedBy("this")
    private NameClaim.Result claim(Author author, @Nullable String resume, DeferredNotices notices) {
        if (memberships.hasEnded()) {
            return NameClaim.Result.TAKEN;
        }
        UserIdentity wish = new UserIdentity(author, participantOf(author, resume));
        NameClaim.Result result = memberships.claim(new NameClaim(wish, resume), notices);
        UserIdentity granted = result.identity();
        if (granted != null) {
            boolean confirmed = state.isAuthenticated() || result.confirmed() || author.account() != Author.GUEST;
            state = confirmed
                    ? new Authenticated(granted)
                    : state.named(granted, config.nanoTime().getAsLong());
            memberships.leaveClosed(granted, notices);
            memberships.forEach(member -> member.channel().roster().adopt(member, confirmed));
        }
        return result;
    }

    @GuardedBy("this")
    private Participant participantOf(Author author, @Nullable String resume) {
        if (author.account() != Author.GUEST) {
            return Participant.account(author.account());
        }
        UserIdentity before = state.identity();
        return before != null && before.isGuest() ? before.participant() : Participant.newGuest(RANDOM, resume);
    }

    /**
     * Enters another channel under the present name.
     *
     * @throws ChatException 403 if it is a private chat of others or the client is banned there, 409 if the name is taken
     *     there or the connection is in the channel already, 429 if it is in as many channels as it may be
     */
    public Member join(ChannelId channel) {
        DeferredNotices notices = new DeferredNotices();
        Member member;
        synchronized (this) {
            member = memberships.join(channel, state, notices);
        }
        notices.send();
        return member;
    }

    /**
     * Greets the client in a channel that it has entered, and starts the delivery of what is published there; unless it
     * has lost its login meanwhile on a server that requires one.
     */
    public synchronized void welcome(Member member, ServerEnvelope greeting) {
        if (!config.requireAccount() || state.identity() != null) {
            member.channel().welcome(member, greeting);
        }
    }

    /**
     * As the other, with frames about what the client has missed.
     *
     * @return false if too much has been published meanwhile; then the client is not greeted
     */
    synchronized boolean welcome(Channel.MemberCatchUp catchUp, List<Frame> frames) {
        boolean mayListen = !config.requireAccount() || state.identity() != null;
        return !mayListen || catchUp.welcome(frames);
    }

    /**
     * Brings the client into a private chat. It is told in the same step: otherwise a client that leaves the chat at the
     * same time could receive the two notices in the wrong order.
     *
     * @param expected nothing happens if the client is another participant by now, or may not enter
     */
    public void invite(Participant expected, ServerEnvelope.Private invitation) {
        DeferredNotices notices = new DeferredNotices();
        synchronized (this) {
            if (!memberships.hasEnded() && expected.equals(participant())) {
                Member member = memberships.accept(invitation.channel(), state, notices);
                if (member != null) {
                    welcome(member, invitation);
                }
            }
        }
        notices.send();
    }

    /** Frees the name and leaves all channels, for good. @return false if that had been done before */
    synchronized boolean leaveAll() {
        if (memberships.hasEnded()) {
            return false;
        }
        try {
            becomeAnonymous(true, new DeferredNotices());
        } finally {
            memberships.leaveAll();
        }
        return true;
    }

    /** Advances the state at a heartbeat. @return whether it is authenticated now */
    synchronized boolean tick(long nowNanos) {
        boolean before = state.isAuthenticated();
        AuthState next = state.tick(nowNanos, config.grace());
        UserIdentity identity = next.identity();
        if (identity != null && next.isAuthenticated() && !before && memberships.isNameMuted(identity.author())) {
            // Pending until the mute ends, since confirming a name announces it.
            return false;
        }
        state = next;
        boolean after = state.isAuthenticated();
        if (after && !before) {
            memberships.forEach(member -> member.channel().roster().confirm(member));
        }
        return after;
    }

    /** Frees the name of a client that has been silent; its secret gets it back. @return whether it had one */
    boolean fallSilent() {
        DeferredNotices notices = new DeferredNotices();
        boolean hadName;
        synchronized (this) {
            hadName = state.identity() != null;
            if (hadName) {
                becomeAnonymous(true, notices);
                state = SILENCED;
            }
        }
        notices.send();
        return hadName;
    }

    /** Frees the name for good. */
    public void logOut() {
        DeferredNotices notices = new DeferredNotices();
        synchronized (this) {
            becomeAnonymous(false, notices);
            memberships.changeBlocked(names -> BlockList.NONE);
        }
        notices.send();
    }

    /** As {@link #logOut}, and only the URL's channel is left. */
    public synchronized void reset() {
        becomeAnonymous(false, new DeferredNotices());
        memberships.leaveJoined();
        memberships.changeBlocked(names -> BlockList.NONE);
    }

    /** @param mayReturn whether its secret gets the name back */
    @GuardedBy("this")
    private void becomeAnonymous(boolean mayReturn, DeferredNotices notices) {
        if (state.identity() == null) {
            return;
        }
        state = ANONYMOUS;
        if (login != null) {
            login.close();
            login = null;
        }
        memberships.leaveClosed(null, notices);
        memberships.forEach(member -> {
            Roster<Member> roster = member.channel().roster();
            if (mayReturn) {
                roster.lose(member);
            } else {
                roster.release(member);
            }
            if (config.requireAccount()) {
                member.channel().stopListening(member);
            }
        });
    }
}
