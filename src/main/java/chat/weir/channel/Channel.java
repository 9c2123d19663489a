package chat.weir.channel;

import chat.weir.channel.presence.Roster;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel: its members, their names, and what is published, in one order for all members.
 *
 * <p>All frames about the channel, replies included, go through its batches, so that no client receives an
 * acknowledgement before the message that it is about.
 *
 * <p>Threading: guarded by its lock, which its parts share. Nothing is delivered while the lock is held.
 */
public final class Channel {
    /** Shared by the parts of the channel: whatever changes, and what members are told of it, is one step. */
    private final Object lock = new Object();

    private final ChannelId id;
    private final ChannelConfig config;

    private final Roster<Member> roster;
    private final MessagePublisher publisher;
    private final ChangePublisher changePublisher;

    @GuardedBy("lock")
    private final MemberList memberList = new MemberList();

    /** The size of the member list; written under the lock. */
    private volatile int connections;

    private final BroadcastBuffer broadcastBuffer;

    @GuardedBy("lock")
    private final PublishState publishState;

    Channel(ChannelId id, ChannelConfig config) {
        this.id = id;
        this.config = config;
        this.broadcastBuffer = new BroadcastBuffer(lock, id, config, memberList);
        this.roster = new Roster<>(lock, config, broadcastBuffer);
        this.publishState = new PublishState(config.entryPermits());
        this.publisher = new MessagePublisher(lock, config, roster, broadcastBuffer, publishState);
        this.changePublisher = new ChangePublisher(lock, config, broadcastBuffer, publishState);
    }

    public ChannelId id() {
        return id;
    }

    /** The names of the members, and who is present and typing. */
    public Roster<Member> roster() {
        return roster;
    }

    /** Adds a member once its client is complete, so that others never see a half-built client. */
    <C extends ChannelClient> C join(Member.Kind kind, Function<Member, ? extends C> clientOf) {
        synchronized (lock) {
            Member member = new Member(this, kind);
            C client = clientOf.apply(member);
            member.attach(client);
            memberList.add(member);
            connections = memberList.size();
            return client;
        }
    }

    /** Starts the delivery of what is published to a member. */
    public void listen(Member member) {
        synchronized (lock) {
            if (!member.isListening) {
                memberList.setListening(member, true);
                member.listensAfter = publishState.lastId();
                broadcastBuffer.startFor(member);
            }
        }
    }

    /** Greets a member and starts delivery to it, with nothing lost in between. */
    public void welcome(Member member, ServerEnvelope greeting) {
        synchronized (lock) {
            // The greeting names the channel by itself.
            broadcastBuffer.to(member, config.codec().encode(greeting));
            listen(member);
        }
        broadcastBuffer.flush();
    }

    /**
     * Keeps what is published from now on for a member that does not listen yet, until it is welcomed or this is closed.
     * {@link #deliveredFrom} tells where it begins.
     */
    public MemberCatchUp catchUp(Member member) {
        CatchUp catchUp = new CatchUp(member, config.maxWaitingBytes());
        synchronized (lock) {
            member.listensAfter = publishState.lastId();
            broadcastBuffer.begin(catchUp);
        }
        return new MemberCatchUp(catchUp);
    }

    /** A member that is being told what it has missed. */
    public final class MemberCatchUp implements AutoCloseable {
        private final CatchUp catchUp;

        private MemberCatchUp(CatchUp catchUp) {
            this.catchUp = catchUp;
        }

        /**
         * Greets the member with frames about what it has missed, sends what has been published meanwhile, and starts the
         * delivery.
         *
         * @return false if too much has been published; then the member is not greeted
         */
        public boolean welcome(List<Frame> frames) {
            Member member = catchUp.member();
            synchronized (lock) {
                if (!broadcastBuffer.end(catchUp) || catchUp.hasOverflowed()) {
                    return false;
                }
                frames.forEach(frame -> broadcastBuffer.to(member, frame));
                catchUp.frames().forEach(frame -> broadcastBuffer.to(member, frame));
                listen(member);
            }
            broadcastBuffer.flush();
            return true;
        }

        @Override
        public void close() {
            synchronized (lock) {
                boolean unused = broadcastBuffer.end(catchUp);
            }
        }
    }

    /**
     * Sends one member an envelope that names its channel by itself or needs none, in order with what all members get.
     * The member may have left.
     */
    public void send(Member member, ServerEnvelope envelope) {
        synchronized (lock) {
            broadcastBuffer.to(member, config.codec().encode(envelope));
        }
        broadcastBuffer.flush();
    }

    /** Stops the delivery of what is published to a member; replies still reach it. */
    public void stopListening(Member member) {
        synchronized (lock) {
            memberList.setListening(member, false);
        }
    }

    void leave(Member member) {
        synchronized (lock) {
            if (!memberList.remove(member)) {
                return;
            }
            connections = memberList.size();
        }
        roster.lose(member);
    }

    /**
     * Sets the block list of a member: it receives neither messages of these users nor that they are typing.
     *
     * @param keys the names in normal form
     */
    public void setBlocked(Member member, Set<String> keys) {
        synchronized (lock) {
            memberList.setBlocked(member, keys);
        }
    }

    /** The present members. */
    public List<Member> members() {
        synchronized (lock) {
            return memberList.members();
        }
    }

    /** The number of members; read without the lock. */
    int connections() {
        return connections;
    }

    /** Whether there is no member and nothing is being published. */
    boolean isIdle() {
        synchronized (lock) {
            return memberList.isEmpty() && publishState.isIdle() && !broadcastBuffer.isInCycle();
        }
    }

    /** The registry has forgotten this channel. */
    void forgotten() {
        synchronized (lock) {
            publishState.forgetAll();
            roster.forgetAll();
        }
    }

    /** Whether it is idle, and holds nothing that a returning client would need. */
    boolean isForgettable() {
        synchronized (lock) {
            return isIdle() && publishState.isForgettable(now()) && roster.isForgettable();
        }
    }

    /** The last id that has been published here since the channel is in memory; 0 before that. */
    public long lastId() {
        synchronized (lock) {
            return publishState.lastId();
        }
    }

    /**
     * Returns the id from which on messages are delivered to a member; those below it were published before it began to
     * listen.
     *
     * @return empty while that is not known yet; then the log must be read again later
     */
    public OptionalLong deliveredFrom(Member member) {
        synchronized (lock) {
            return publishState.deliveredFrom(member);
        }
    }

    /**
     * Runs a task once {@link #deliveredFrom} is known for every member, without the channel's lock. The task must not block.
     *
     * @return false if it is known already; then the task is not run
     */
    public boolean awaitDeliveredFrom(Runnable task) {
        synchronized (lock) {
            return publishState.awaitFirst(task);
        }
    }

    /** Cancels {@link #awaitDeliveredFrom}. */
    public void stopAwaiting(Runnable task) {
        synchronized (lock) {
            publishState.stopAwaiting(task);
        }
    }

    /**
     * Publishes a message to all members, and acknowledges it if there is a ref. A message that answers another is refused
     * with 404 if there is no such message. A message that the same participant has
     * sent with the same ref before is not published again, only acknowledged.
     *
     * @throws ChatException 503 if too much waits to be stored or delivered; then nobody has seen the message
     */
    public void publish(Member member, UserIdentity sender, String text, long replyTo, @Nullable String ref) {
        publisher.submit(member, sender, text, replyTo, ref);
    }

    void publish(UserIdentity sender, String text, @Nullable String ref, PublishListener listener) {
        publisher.submit(sender, text, ref, listener);
    }

    /**
     * Publishes a change of a message to all members, and answers the request if it has a ref. Its rights have been
     * checked.
     *
     * @throws ChatException 503 if too much waits to be stored or delivered; then nobody has seen the change
     */
    public void change(Member member, Author author, MessageChange change, ClientEnvelope request) {
        changePublisher.submit(member, author, change, request);
    }

    void change(Author author, MessageChange change, ChangeListener listener) {
        changePublisher.submit(author, change, listener);
    }

    /** Sends all members an envelope. */
    public void broadcast(ServerEnvelope envelope) {
        synchronized (lock) {
            broadcastBuffer.toAll(envelope);
        }
        broadcastBuffer.flush();
    }

    /** Sends all members but some an envelope. */
    public void broadcastBut(Collection<Member> some, ServerEnvelope envelope) {
        synchronized (lock) {
            broadcastBuffer.toAllBut(some, envelope);
        }
        broadcastBuffer.flush();
    }

    /** Sends one member an envelope about the channel, behind all that was published before. */
    public void reply(Member member, ServerEnvelope envelope) {
        reply(member, config.codec().encode(envelope, member.tag()));
    }

    /** Sends one member a frame, behind all that was published before. */
    public void reply(Member member, Frame frame) {
        synchronized (lock) {
            if (broadcastBuffer.isInCycle()) {
                broadcastBuffer.to(member, frame);
                return;
            }
        }
        member.receiver().deliver(frame);
    }

    private long now() {
        return config.nanoTime().getAsLong();
    }
}
