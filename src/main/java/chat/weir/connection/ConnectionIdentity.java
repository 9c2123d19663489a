package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.MessageSender;
import chat.weir.channel.NameClaim;
import chat.weir.channel.Participant;
import chat.weir.channel.Roster;
import chat.weir.connection.AuthState.Authenticated;
import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a connection: its state, and the name that it holds in all its channels. Its {@link Places} know
 * which channels these are.
 *
 * <p>Threading: guarded by this; changed by the thread that handles the client's envelopes, by the heartbeats and by
 * whoever ends a login. Lock order: connection, identity, channel. Nothing is sent while the lock is held, and no two
 * of these locks are held at once.
 */
final class ConnectionIdentity {
    private static final AuthState ANONYMOUS = new AuthState.Anonymous(false);
    private static final AuthState SILENCED = new AuthState.Anonymous(true);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Environment environment;

    @GuardedBy("this")
    private final Memberships memberships;

    @GuardedBy("this")
    private AuthState state = ANONYMOUS;

    @GuardedBy("this")
    private boolean left;

    ConnectionIdentity(Environment environment, Memberships memberships) {
        this.environment = environment;
        this.memberships = memberships;
    }

    /** As whom to speak. @throws ChatException 401 if there is no confirmed name yet */
    Author author() {
        return sender().author();
    }

    /**
     * As whom to speak, and who that is under whatever name.
     *
     * @throws ChatException 401 if there is no confirmed name yet
     */
    MessageSender sender() {
        AuthState now = state();
        if (now instanceof Authenticated authenticated) {
            return new MessageSender(authenticated.author(), authenticated.participant());
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

    /** Who holds the name, confirmed or not; null if nobody does. */
    synchronized @Nullable Author authorOrNull() {
        return state.author();
    }

    ConnectionState connectionState() {
        AuthState current = state();
        if (current.isAuthenticated()) {
            return ConnectionState.AUTHENTICATED;
        }
        return current.author() == null ? ConnectionState.ANONYMOUS : ConnectionState.PENDING;
    }

    synchronized AuthState state() {
        return state;
    }

    /** Who that is, under whatever name; null if nobody holds one. */
    synchronized @Nullable Participant participant() {
        return state.participant();
    }

    /** The account that the client is logged in to, or {@link Author#GUEST}. */
    long account() {
        return state() instanceof Authenticated authenticated
                ? authenticated.author().account()
                : Author.GUEST;
    }

    /**
     * Takes a name in all channels, or another one. Whoever loses it by that is told.
     *
     * @param resume the secret that came with the name when the client had it before
     */
    NameClaim.Result take(Author author, @Nullable String resume) {
        DeferredNotices notices = new DeferredNotices();
        NameClaim.Result result = take(author, resume, notices);
        notices.send(environment.codec());
        return result;
    }

    private synchronized NameClaim.Result take(Author author, @Nullable String resume, DeferredNotices notices) {
        if (left) {
            return NameClaim.Result.TAKEN;
        }
        NameClaim.Result result = memberships.claim(new NameClaim(author, participantBehind(author), resume), notices);
        Participant participant = result.participant();
        if (participant != null) {
            boolean confirmed = state.isAuthenticated() || result.confirmed() || author.account() != Author.GUEST;
            state = confirmed
                    ? new Authenticated(author, participant)
                    : state.named(
                            author, participant, environment.config().nanoTime().getAsLong());
            memberships.leaveClosed(state, notices);
            memberships.all().forEach(member -> member.channel().roster().adopt(member, confirmed));
        }
        return result;
    }

    @GuardedBy("this")
    private Participant participantBehind(Author author) {
        if (author.account() != Author.GUEST) {
            return Participant.account(author.account());
        }
        Participant before = state.participant();
        return before != null && before.isGuest() ? before : Participant.newGuest(RANDOM);
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
        try {
            becomeAnonymous(Roster::lose, new DeferredNotices());
        } finally {
            memberships.leaveAll();
        }
        return true;
    }

    /** Advances the state; returns whether it is authenticated now. */
    synchronized boolean tick(long nowNanos) {
        boolean before = state.isAuthenticated();
        AuthState next = state.tick(nowNanos, environment.config().grace());
        Author author = next.author();
        if (author != null && next.isAuthenticated() && !before && memberships.isNameMuted(author)) {
            // Pending until the mute ends: the others would be told of the name.
            return false;
        }
        state = next;
        boolean after = state.isAuthenticated();
        if (after && !before) {
            memberships.all().forEach(member -> member.channel().roster().confirm(member));
        }
        return after;
    }

    /** The client has been silent: the name is free, and its secret gets it back. @return whether it had one */
    boolean fallSilent() {
        DeferredNotices notices = new DeferredNotices();
        boolean hadName;
        synchronized (this) {
            hadName = state.author() != null;
            if (hadName) {
                becomeAnonymous(Roster::lose, notices);
                state = SILENCED;
            }
        }
        notices.send(environment.codec());
        return hadName;
    }

    /** The name is free, for good. */
    void logOut() {
        DeferredNotices notices = new DeferredNotices();
        synchronized (this) {
            becomeAnonymous(Roster::release, notices);
            memberships.setBlocked(BlockList.NONE);
        }
        notices.send(environment.codec());
    }

    /** As {@link #logOut}, and only the URL's channel is left. */
    synchronized void reset() {
        becomeAnonymous(Roster::release, new DeferredNotices());
        memberships.leaveJoined();
        memberships.setBlocked(BlockList.NONE);
    }

    @GuardedBy("this")
    private void becomeAnonymous(BiConsumer<Roster, Member> loseName, DeferredNotices notices) {
        Author author = state.author();
        if (author == null) {
            return;
        }
        state = ANONYMOUS;
        if (author.account() != Author.GUEST) {
            memberships.endLogin(author.account());
        }
        memberships.leaveClosed(state, notices);
        for (Member member : memberships.all()) {
            loseName.accept(member.channel().roster(), member);
            if (environment.config().requireAccount()) {
                member.channel().stopListening(member);
            }
        }
    }
}
