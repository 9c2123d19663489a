package chat.weir.channel;

import chat.weir.channel.broadcast.Batch;
import chat.weir.channel.broadcast.BatchWriter;
import chat.weir.channel.broadcast.BroadcastSource;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
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
 * <p>Threading: guarded by this. Nothing is delivered while the lock is held.
 */
public final class Channel implements BroadcastSource {
    private static final Member[] NOBODY = {};

    private final ChannelId id;
    private final ChannelConfig config;

    private final Roster roster;
    private final MessagePublisher publisher;

    @GuardedBy("this")
    private final MemberList memberList = new MemberList();

    /** The size of the member list; written under the lock. */
    private volatile int connections;

    @GuardedBy("this")
    private final BroadcastBuffer broadcastBuffer;

    @GuardedBy("this")
    private final PublishState publishState;

    Channel(ChannelId id, ChannelConfig config) {
        this.id = id;
        this.config = config;
        this.broadcastBuffer = new BroadcastBuffer(id, config.codec(), memberList, config.budget());
        this.roster = new Roster(this, config, memberList, broadcastBuffer);
        this.publishState = new PublishState(config.memoryPlaces());
        this.publisher = new MessagePublisher(this, config, memberList, broadcastBuffer, publishState);
    }

    public ChannelId id() {
        return id;
    }

    @Override
    public String name() {
        return id.value();
    }

    /** The names of the members, and who is present and typing. */
    public Roster roster() {
        return roster;
    }

    /** Adds a member once its client is complete, so that others never see a half-built client. */
    synchronized <C extends ChannelClient> C join(Member.Place place, Function<Member, ? extends C> clientOf) {
        Member member = new Member(this, place);
        C client = clientOf.apply(member);
        member.attach(client);
        memberList.add(member);
        connections = memberList.size();
        return client;
    }

    /** Starts the delivery of what is published to a member. */
    public synchronized void listen(Member member) {
        if (!member.hears) {
            memberList.setHears(member, true);
            member.hearsAfter = publishState.lastId();
            broadcastBuffer.startFor(member);
        }
    }

    /** Greets a member and starts delivery to it, with nothing lost in between. */
    public void welcome(Member member, ServerEnvelope greeting) {
        synchronized (this) {
            // The greeting names the channel by itself.
            broadcastBuffer.to(member, config.codec().encode(greeting));
            listen(member);
        }
        flush();
    }

    /**
     * Sends one member an envelope that names its channel by itself or needs none, in order with what all members get.
     * The member may have left.
     */
    public void send(Member member, ServerEnvelope envelope) {
        synchronized (this) {
            broadcastBuffer.to(member, config.codec().encode(envelope));
        }
        flush();
    }

    /** Stops the delivery of what is published to a member; replies still reach it. */
    public synchronized void stopListening(Member member) {
        memberList.setHears(member, false);
    }

    void leave(Member member) {
        synchronized (this) {
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
    public synchronized void setBlocked(Member member, Set<String> keys) {
        memberList.setBlocked(member, keys);
    }

    /** The present members. */
    public synchronized List<Member> members() {
        return memberList.members();
    }

    /** The number of members; read without the lock. */
    int connections() {
        return connections;
    }

    /** Whether there is no member and nothing is being published. */
    synchronized boolean isIdle() {
        return memberList.isEmpty() && publishState.isIdle() && !broadcastBuffer.isInCycle();
    }

    /** The registry has forgotten this channel. */
    synchronized void forgotten() {
        publishState.forgetAll();
        roster.forgetAll();
    }

    /** Whether it is idle, and holds nothing that a returning client would need. */
    synchronized boolean isForgettable() {
        return isIdle() && publishState.isForgettable(now()) && roster.isForgettable();
    }

    /**
     * Returns the id from which on messages are delivered to a member; those below it were published before it began to
     * listen.
     *
     * @return empty while that is not known yet; then the log must be read again later
     */
    public synchronized OptionalLong heardFrom(Member member) {
        return publishState.heardFrom(member);
    }

    /**
     * Runs a task once {@link #heardFrom} is known for every member, without the channel's lock. The task must not block.
     *
     * @return false if it is known already; then the task is not run
     */
    public synchronized boolean awaitHeardFrom(Runnable task) {
        return publishState.awaitFirst(task);
    }

    /** Cancels {@link #awaitHeardFrom}. */
    public synchronized void stopAwaiting(Runnable task) {
        publishState.stopAwaiting(task);
    }

    /**
     * Publishes a message to all members, and acknowledges it if there is a ref. A message that the same participant has
     * sent with the same ref before is not published again, only acknowledged.
     *
     * @throws ChatException 503 if too much waits to be stored or delivered; then nobody has seen the message
     */
    public void publish(Member member, UserIdentity sender, String text, @Nullable String ref) {
        publisher.submit(member, sender, text, ref);
    }

    void publish(UserIdentity sender, String text, @Nullable String ref, PublishListener listener) {
        publisher.submit(sender, text, ref, listener);
    }

    /** Sends all members an envelope. */
    public void broadcast(ServerEnvelope envelope) {
        synchronized (this) {
            broadcastBuffer.toAll(envelope);
        }
        flush();
    }

    /** Sends all members but some an envelope. */
    public void broadcastBut(Collection<Member> some, ServerEnvelope envelope) {
        synchronized (this) {
            broadcastBuffer.toAllBut(some, envelope);
        }
        flush();
    }

    /** Sends one member an envelope about the channel, behind all that was published before. */
    public void reply(Member member, ServerEnvelope envelope) {
        reply(member, config.codec().encode(envelope, member.tag()));
    }

    /** Sends one member a frame, behind all that was published before. */
    public void reply(Member member, Frame frame) {
        synchronized (this) {
            if (broadcastBuffer.isInCycle()) {
                broadcastBuffer.to(member, frame);
                return;
            }
        }
        member.receiver().deliver(frame);
    }

    /** Schedules a broadcast cycle if frames wait. */
    void flush() {
        boolean begin;
        synchronized (this) {
            begin = broadcastBuffer.beginCycle();
        }
        scheduleCycle(begin);
    }

    /** @param begin whether a cycle must be scheduled */
    void scheduleCycle(boolean begin) {
        if (begin) {
            config.broadcaster().add(this);
        }
    }

    /** Delivers what waits, and schedules another cycle if more has arrived meanwhile. */
    @Override
    public void runCycle(BatchWriter batchWriter) {
        Batch batch;
        Member[] to;
        synchronized (this) {
            batch = broadcastBuffer.takeBatch();
            to = batch.isForAll() ? memberList.listeners() : NOBODY;
        }
        try {
            batchWriter.deliver(batch, to);
            count(batch, to.length);
        } finally {
            boolean again;
            synchronized (this) {
                again = broadcastBuffer.endCycle();
            }
            scheduleCycle(again);
        }
    }

    private void count(Batch batch, int members) {
        config.metrics().deliveries().add((long) batch.frames() * members);
        if (batch.messages() > 0) {
            config.metrics().broadcastMessages().record(batch.messages());
            config.metrics().deliverySeconds().record(now() - batch.firstReceivedNanos(), batch.messages());
        }
    }

    private long now() {
        return config.nanoTime().getAsLong();
    }
}
