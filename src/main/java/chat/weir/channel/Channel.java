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
 * A channel: its members, who they are, and what is said, in one order for all of them.
 *
 * <p>Whatever reaches a member on account of the channel, replies included, goes through the channel's batches, so that
 * nobody sees an acknowledgement before the message that it is about.
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

    /** Who the members are. */
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

    /** From now on a member hears what is said. */
    public synchronized void listen(Member member) {
        if (!member.hears) {
            memberList.setHears(member, true);
            member.hearsAfter = publishState.lastId();
            broadcastBuffer.startFor(member);
        }
    }

    /** Greets a member, which from there on hears what is said: nothing is lost between the two. */
    public void welcome(Member member, ServerEnvelope greeting) {
        synchronized (this) {
            // It names the channel by itself.
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

    /** From now on a member hears nothing but replies. */
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
     * From now on a member hears nothing of what some people say, nor that they are writing.
     *
     * @param keys their names in the normal form
     */
    public synchronized void setBlocked(Member member, Set<String> keys) {
        memberList.setBlocked(member, keys);
    }

    /** Those that are here now. */
    public synchronized List<Member> members() {
        return memberList.members();
    }

    /** How many connections are here; told without the lock. */
    int connections() {
        return connections;
    }

    /** Nobody is here, and nothing is being said. */
    synchronized boolean isIdle() {
        return memberList.isEmpty() && publishState.isIdle() && !broadcastBuffer.isInCycle();
    }

    /** Nobody can find this channel any more. */
    synchronized void forgotten() {
        publishState.forgetAll();
        roster.forgetAll();
    }

    /** It is idle, and nothing is remembered that somebody who returns would miss. */
    synchronized boolean isForgettable() {
        return isIdle() && publishState.isForgettable(now()) && roster.isForgettable();
    }

    /**
     * Below which id messages in the log were not delivered to a member, since they were published before it began to
     * hear.
     *
     * @return nothing while that cannot be told yet; then the log has to be looked at again
     */
    public synchronized OptionalLong heardFrom(Member member) {
        return publishState.heardFrom(member);
    }

    /**
     * Has a task run once {@link #heardFrom} can be told for every member; without the channel's lock, and on the thread
     * on which that comes out, which it may not keep.
     *
     * @return false if it can be told already; then the task is not run
     */
    public synchronized boolean awaitHeardFrom(Runnable task) {
        return publishState.awaitFirst(task);
    }

    /** The task need not be run any more. */
    public synchronized void stopAwaiting(Runnable task) {
        publishState.stopAwaiting(task);
    }

    /**
     * Says something to all members, and acknowledges it if there is a ref. What the same person sent with the same
     * ref before is not sent again, only acknowledged.
     *
     * @throws ChatException 503 when more waits to be stored or delivered than may; nobody has seen the message
     */
    public void publish(Member member, MessageSender sender, String text, @Nullable String ref) {
        publisher.submit(member, sender, text, ref);
    }

    void publish(MessageSender sender, String text, @Nullable String ref, PublishListener listener) {
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

    /** Sends one member an envelope about the channel, behind all that the channel has said so far. */
    public void reply(Member member, ServerEnvelope envelope) {
        reply(member, config.codec().encode(envelope, member.tag()));
    }

    /** Sends one member a frame, behind all that the channel has said so far. */
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
