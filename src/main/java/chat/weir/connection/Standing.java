package chat.weir.connection;

import chat.weir.channel.Claim;
import chat.weir.channel.Member;
import chat.weir.channel.People;
import chat.weir.channel.Person;
import chat.weir.connection.State.Authenticated;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is, and where: its state, its name, and the channels that it holds the name in.
 *
 * <p>Threading: guarded by this; changed by the thread that handles the client's envelopes, by the heartbeats, by
 * whoever ends a login and by whoever begins a private chat with the client. Lock order: connection, standing, channel.
 * Nothing is sent while the lock is held, and no two of these locks are held at once.
 */
final class Standing {
    private static final State ANONYMOUS = new State.Anonymous();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Environment environment;
    private final Connection connection;

    @GuardedBy("this")
    private final Memberships memberships;

    @GuardedBy("this")
    private State state = ANONYMOUS;

    /** Whose blocks those of the connection are: an account's, also when it has fallen silent, or a guest's own. */
    @GuardedBy("this")
    private long blocksOf = Author.GUEST;

    @GuardedBy("this")
    private boolean left;

    Standing(Environment environment, Connection connection, Member own) {
        this.environment = environment;
        this.connection = connection;
        this.memberships = new Memberships(environment.channels(), own, connection.wire());
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

    /** The places in all channels that the connection is in. */
    synchronized List<Member> members() {
        return memberships.all();
    }

    /** How many channels the connection is in. */
    synchronized int channelCount() {
        return memberships.size();
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

    /** The connection hears what is said in its channels. */
    synchronized void listen() {
        memberships.all().forEach(member -> member.channel().listen(member));
    }

    /**
     * Greets the client in a channel that it has come into, where from then on it hears what is said; unless it has become
     * a stranger meanwhile where only accounts may hear.
     */
    synchronized void welcome(Member member, ServerEnvelope greeting) {
        if (!environment.rules().requireAccount() || state.author() != null) {
            member.channel().welcome(member, greeting);
        }
    }

    /**
     * Enters another channel under the name that the connection has.
     *
     * @throws ErrorReply 403 if it is somebody else's private chat, 409 if the name is taken there or the connection is
     *     there already, 429 if it is in as many channels as it may be
     */
    Member join(ChannelId channel) {
        Aftermath aftermath = new Aftermath();
        Member member = join(channel, aftermath);
        aftermath.tell(environment.codec());
        return member;
    }

    private synchronized Member join(ChannelId channel, Aftermath aftermath) {
        if (memberships.find(channel) != null) {
            throw new ErrorReply(ErrorCode.CONFLICT, "you are in the channel " + channel + " already");
        }
        if (left || memberships.size() >= environment.rules().maxChannels()) {
            throw new ErrorReply(
                    ErrorCode.TOO_MANY,
                    "a connection may be in " + environment.rules().maxChannels() + " channels: leave one first");
        }
        return memberships.enter(channel, state, aftermath);
    }

    /**
     * Somebody begins a private chat with whoever this is: it enters, or stays if it is there already. So that nobody
     * can keep a client from joining what it likes, others bring it into half as many channels as it may be in.
     *
     * @param expected whom he has in mind; the client may be somebody else by now
     * @return by which place to tell it: the one in the chat or, where there are too many already, its own; nothing if
     *     it is somebody else
     */
    Optional<Member> bring(ChannelId chat, Person expected) {
        Aftermath aftermath = new Aftermath();
        Optional<Member> place = bring(chat, expected, aftermath);
        aftermath.tell(environment.codec());
        return place;
    }

    private synchronized Optional<Member> bring(ChannelId chat, Person expected, Aftermath aftermath) {
        if (left || !expected.equals(state.person())) {
            return Optional.empty();
        }
        Member there = memberships.find(chat);
        if (there == null) {
            boolean hasRoom = memberships.size() < (environment.rules().maxChannels() + 1) / 2;
            there = hasRoom ? memberships.enter(chat, state, aftermath) : memberships.own();
        }
        return Optional.of(there);
    }

    /** Leaves a channel that was joined. */
    synchronized Member leave(ChannelId channel) {
        Member member = memberships.in(channel);
        if (member.equals(memberships.own())) {
            throw new ErrorReply(
                    ErrorCode.FORBIDDEN, "this is the channel of your URL: leave it by closing the connection");
        }
        memberships.remove(member);
        return member;
    }

    /** The names, by their normal forms, of those whom the client wants to hear nothing from. */
    synchronized Set<String> blocked() {
        return memberships.blocked();
    }

    /** Changes whom the client wants to hear nothing from. */
    synchronized void changeBlocked(Consumer<Set<String>> change) {
        Set<String> names = new HashSet<>(memberships.blocked());
        change.accept(names);
        memberships.setBlocked(names);
    }

    /**
     * An account is about to log in; what it has blocked joins what the client has blocked as a guest.
     *
     * @param names of the account; kept as it is where it is all, so that the account's connections share it
     */
    synchronized void takeBlocked(long account, Set<String> names) {
        Set<String> all = names;
        if (blocksOf == Author.GUEST && !memberships.blocked().isEmpty()) {
            all = new HashSet<>(memberships.blocked());
            all.addAll(names);
        }
        blocksOf = account;
        memberships.setBlocked(all);
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
        becomeAnonymous(People::lose, new Aftermath());
        memberships.leaveAll();
        return true;
    }

    /** Time moves the state on; whether it is authenticated now. */
    synchronized boolean beat(long nowNanos) {
        boolean before = state.isAuthenticated();
        state = state.beat(nowNanos, environment.rules().grace());
        boolean after = state.isAuthenticated();
        if (after && !before) {
            memberships.all().forEach(member -> member.channel().people().confirm(member));
        }
        return after;
    }

    /** The client has been silent: the name is free, and its secret gets it back. */
    void fallSilent() {
        Aftermath aftermath = new Aftermath();
        synchronized (this) {
            becomeAnonymous(People::lose, aftermath);
        }
        aftermath.tell(environment.codec());
    }

    /** The name is free, for good. */
    void logOut() {
        Aftermath aftermath = new Aftermath();
        synchronized (this) {
            becomeAnonymous(People::release, aftermath);
            forgetBlocked();
        }
        aftermath.tell(environment.codec());
    }

    /** As {@link #logOut}, and only the URL's channel is left. */
    synchronized void reset() {
        becomeAnonymous(People::release, new Aftermath());
        memberships.leaveJoined();
        forgetBlocked();
    }

    @GuardedBy("this")
    private void forgetBlocked() {
        blocksOf = Author.GUEST;
        memberships.setBlocked(Set.of());
    }

    @GuardedBy("this")
    private void becomeAnonymous(BiConsumer<People, Member> loseName, Aftermath aftermath) {
        Author author = state.author();
        if (author == null) {
            return;
        }
        state = ANONYMOUS;
        if (author.account() != Author.GUEST) {
            environment.logins().open().remove(author.account(), connection);
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
