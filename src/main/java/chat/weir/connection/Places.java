package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.Participant;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection is: the channels that it hears and may speak in, and whom it wants to hear nothing from in any.
 *
 * <p>Threading: guarded by the connection's {@link ConnectionIdentity}; changed by the thread that handles the client's
 * envelopes, and by whoever begins a private chat with the client. Nothing is sent while the lock is held.
 */
final class Places {
    private final Environment environment;
    private final ConnectionIdentity identity;
    private final Memberships memberships;

    Places(Environment environment, ConnectionIdentity identity, Memberships memberships) {
        this.environment = environment;
        this.identity = identity;
        this.memberships = memberships;
    }

    /**
     * The membership of the channel that an envelope names.
     *
     * @param channel null: the URL's
     * @throws ChatException 403 if the connection is not in that channel
     */
    Member in(@Nullable ChannelId channel) {
        synchronized (identity) {
            return memberships.in(channel);
        }
    }

    /** The memberships of all channels that the connection is in. */
    List<Member> members() {
        synchronized (identity) {
            return memberships.all();
        }
    }

    /** How many channels the connection is in. */
    int channelCount() {
        synchronized (identity) {
            return memberships.size();
        }
    }

    boolean isIn(ChannelId channel) {
        synchronized (identity) {
            return memberships.find(channel) != null;
        }
    }

    /** Whether this membership is current: the connection has not left the channel since. */
    boolean isIn(Member member) {
        synchronized (identity) {
            return !identity.hasLeft()
                    && member.equals(memberships.find(member.channel().id()));
        }
    }

    /** The connection hears what is said in its channels. */
    void listen() {
        synchronized (identity) {
            memberships.all().forEach(member -> member.channel().listen(member));
        }
    }

    /**
     * Greets the client in a channel that it has come into, where from then on it hears what is said; unless it has become
     * a stranger meanwhile where only accounts may hear.
     */
    void welcome(Member member, ServerEnvelope greeting) {
        synchronized (identity) {
            if (!environment.config().requireAccount() || identity.state().author() != null) {
                member.channel().welcome(member, greeting);
            }
        }
    }

    /**
     * Enters another channel under the name that the connection has.
     *
     * @throws ChatException 403 if it is somebody else's private chat, 409 if the name is taken there or the connection
     *     is there already, 429 if it is in as many channels as it may be
     */
    Member join(ChannelId channel) {
        DeferredNotices notices = new DeferredNotices();
        Member member = join(channel, notices);
        notices.send(environment.codec());
        return member;
    }

    private Member join(ChannelId channel, DeferredNotices notices) {
        synchronized (identity) {
            if (memberships.find(channel) != null) {
                throw new ChatException(ErrorReason.ALREADY_MEMBER, "you are in the channel " + channel + " already");
            }
            if (identity.hasLeft() || memberships.size() >= environment.config().maxChannels()) {
                throw new ChatException(
                        ErrorReason.TOO_MANY_CHANNELS,
                        "a connection may be in " + environment.config().maxChannels() + " channels: leave one first");
            }
            return memberships.enter(channel, identity.state(), notices);
        }
    }

    /**
     * Somebody begins a private chat with whoever this is: it enters, or stays if it is there already. So that nobody
     * can keep a client from joining what it likes, others bring it into half as many channels as it may be in.
     *
     * <p>It is told in the same step: otherwise a client that leaves the chat at the same time could be told of the two in
     * the wrong order, and would be in a chat that it does not know of, or the other way round.
     *
     * @param expected whom he has in mind; the client may be somebody else by now, and is then not told, nor if it may not
     *     enter. It is told in the chat or, where there are too many already, in its own channel
     */
    void bring(Participant expected, ServerEnvelope.Private told) {
        DeferredNotices notices = new DeferredNotices();
        bring(expected, told, notices);
        notices.send(environment.codec());
    }

    private void bring(Participant expected, ServerEnvelope.Private told, DeferredNotices notices) {
        synchronized (identity) {
            if (identity.hasLeft() || !expected.equals(identity.state().participant())) {
                return;
            }
            Member there = memberships.find(told.channel());
            if (there == null) {
                boolean hasRoom = memberships.size() < (environment.config().maxChannels() + 1) / 2;
                try {
                    there = hasRoom ? memberships.enter(told.channel(), identity.state(), notices) : memberships.own();
                } catch (ChatException e) {
                    // What keeps him out is no business of who begins the chat.
                    return;
                }
            }
            welcome(there, told);
        }
    }

    /** Leaves a channel that was joined, and answers so in the same step, behind what was said there. */
    void leave(Leave leave) {
        synchronized (identity) {
            Member member = memberships.in(leave.channel());
            if (member.equals(memberships.own())) {
                throw new ChatException(
                        ErrorReason.FORBIDDEN, "this is the channel of your URL: leave it by closing the connection");
            }
            memberships.remove(member);
            member.channel().farewell(member, new ServerEnvelope.Left(leave.channel(), leave.ref()));
        }
    }

    /** Somebody else wants the client to leave a channel that it joined; it is told. */
    void expel(ChannelId channel) {
        DeferredNotices notices = new DeferredNotices();
        synchronized (identity) {
            Member member = memberships.find(channel);
            if (member != null && !member.equals(memberships.own())) {
                memberships.remove(member);
                notices.left(List.of(member));
            }
        }
        notices.send(environment.codec());
    }

    /** The names, by their normal forms, of those whom the client wants to hear nothing from. */
    Set<String> blocked() {
        return blockList().all();
    }

    BlockList blockList() {
        synchronized (identity) {
            return memberships.blocked();
        }
    }

    /** Changes whom the client wants to hear nothing from. */
    void changeBlocked(UnaryOperator<BlockList> change) {
        synchronized (identity) {
            memberships.setBlocked(change.apply(memberships.blocked()));
        }
    }
}
