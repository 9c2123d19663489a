package chat.weir.connection;

import chat.weir.channel.Claim;
import chat.weir.channel.Member;
import chat.weir.channel.People;
import chat.weir.channel.Person;
import chat.weir.channel.Speaker;
import chat.weir.connection.State.Authenticated;
import chat.weir.history.Author;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is: its state, and the name that it holds in all its channels. Which these are is the matter of its
 * {@link Places}.
 *
 * <p>Threading: guarded by this; changed by the thread that handles the client's envelopes, by the heartbeats and by
 * whoever ends a login. Lock order: connection, standing, channel. Nothing is sent while the lock is held, and no two of
 * these locks are held at once.
 */
final class Standing {
    private static final State ANONYMOUS = new State.Anonymous(false);
    private static final State SILENCED = new State.Anonymous(true);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Environment environment;

    @GuardedBy("this")
    private final Memberships memberships;

    @GuardedBy("this")
    private State state = ANONYMOUS;

    @GuardedBy("this")
    private boolean left;

    Standing(Environment environment, Memberships memberships) {
        this.environment = environment;
        this.memberships = memberships;
    }

    /** As whom to speak. @throws ErrorReply 401 if there is no confirmed name yet */
    Author author() {
        return speaker().author();
    }

    /** As whom to speak, and who that is under whatever name. @throws ErrorReply 401 if there is no confirmed name yet */
    Speaker speaker() {
        State now = state();
        if (now instanceof Authenticated authenticated) {
            return new Speaker(authenticated.author(), authenticated.person());
        }
        throw new ErrorReply(
                now instanceof State.Anonymous ? ErrorReason.UNAUTHENTICATED : ErrorReason.UNCONFIRMED, whyNot(now));
    }

    private static String whyNot(State now) {
        if (!(now instanceof State.Anonymous anonymous)) {
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
        State current = state();
        if (current.isAuthenticated()) {
            return ConnectionState.AUTHENTICATED;
        }
        return current.author() == null ? ConnectionState.ANONYMOUS : ConnectionState.PENDING;
    }

    synchronized State state() {
        return state;
    }

    /** Who that is, under whatever name; null if nobody holds one. */
    synchronized @Nullable Person person() {
        return state.person();
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
    Claim.Result take(Author author, @Nullable String resume) {
        Aftermath aftermath = new Aftermath();
        Claim.Result result = take(author, resume, aftermath);
        aftermath.tell(environment.codec());
        return result;
    }

    private synchronized Claim.Result take(Author author, @Nullable String resume, Aftermath aftermath) {
        if (left) {
            return Claim.Result.TAKEN;
        }
        Claim.Result result = memberships.claim(new Claim(author, personBehind(author), resume), aftermath);
        Person person = result.person();
        if (person != null) {
            boolean confirmed = state.isAuthenticated() || result.confirmed() || author.account() != Author.GUEST;
            state = confirmed
                    ? new Authenticated(author, person)
                    : state.named(author, person, environment.rules().nanoTime().getAsLong());
            memberships.leaveClosed(state, aftermath);
            memberships.all().forEach(member -> member.channel().people().adopt(member, confirmed));
        }
        return result;
    }

    @GuardedBy("this")
    private Person personBehind(Author author) {
        if (author.account() != Author.GUEST) {
            return Person.account(author.account());
        }
        Person before = state.person();
        return before != null && before.isGuest() ? before : Person.newGuest(RANDOM);
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
            becomeAnonymous(People::lose, new Aftermath());
        } finally {
            memberships.leaveAll();
        }
        return true;
    }

    /** Time moves the state on; whether it is authenticated now. */
    synchronized boolean beat(long nowNanos) {
        boolean before = state.isAuthenticated();
        State next = state.beat(nowNanos, environment.rules().grace());
        Author author = next.author();
        if (author != null && next.isAuthenticated() && !before && memberships.isNameMuted(author)) {
            // Pending until the mute ends: the others would be told of the name.
            return false;
        }
        state = next;
        boolean after = state.isAuthenticated();
        if (after && !before) {
            memberships.all().forEach(member -> member.channel().people().confirm(member));
        }
        return after;
    }

    /** The client has been silent: the name is free, and its secret gets it back. @return whether it had one */
    boolean fallSilent() {
        Aftermath aftermath = new Aftermath();
        boolean hadName;
        synchronized (this) {
            hadName = state.author() != null;
            if (hadName) {
                becomeAnonymous(People::lose, aftermath);
                state = SILENCED;
            }
        }
        aftermath.tell(environment.codec());
        return hadName;
    }

    /** The name is free, for good. */
    void logOut() {
        Aftermath aftermath = new Aftermath();
        synchronized (this) {
            becomeAnonymous(People::release, aftermath);
            memberships.setBlocked(BlockedNames.NONE);
        }
        aftermath.tell(environment.codec());
    }

    /** As {@link #logOut}, and only the URL's channel is left. */
    synchronized void reset() {
        becomeAnonymous(People::release, new Aftermath());
        memberships.leaveJoined();
        memberships.setBlocked(BlockedNames.NONE);
    }

    @GuardedBy("this")
    private void becomeAnonymous(BiConsumer<People, Member> loseName, Aftermath aftermath) {
        Author author = state.author();
        if (author == null) {
            return;
        }
        state = ANONYMOUS;
        if (author.account() != Author.GUEST) {
            memberships.endLogin(author.account());
        }
        memberships.leaveClosed(state, aftermath);
        for (Member member : memberships.all()) {
            loseName.accept(member.channel().people(), member);
            if (environment.rules().requireAccount()) {
                member.channel().stopListening(member);
            }
        }
    }
}
