package chat.weir.channel;

import chat.weir.channel.broadcast.Batch;
import chat.weir.channel.broadcast.BatchWriter;
import chat.weir.channel.broadcast.BroadcastSource;
import chat.weir.channel.presence.MemberNotifier;
import chat.weir.history.EventDraft;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Collects the frames that a channel sends in its next broadcast cycle, and delivers them in it. A frame has
 * two forms, one for members whose URL names the channel and one for members who joined it by an envelope. Each form is
 * encoded once, if at least one member needs it.
 *
 * <p>Threading: guarded by the channel's lock, which callers hold; {@link #flush}, {@link #schedule} and {@link #runCycle}
 * are called without it, so that nothing is delivered while it is held.
 */
final class BroadcastBuffer implements BroadcastSource, MemberNotifier<Member> {
    private static final Member[] NO_MEMBERS = {};

    /** Memory for a frame that is kept for one member, besides its bytes. */
    private static final int ASIDE_OVERHEAD = 128;

    private static final Frame TOO_SLOW = Frame.close(CloseCode.TOO_SLOW.number(), "you read too slowly");

    private final Object lock;
    private final ChannelId channel;
    private final ChannelConfig config;
    private final MemberList memberList;

    /** What the next cycle delivers. */
    private Batch batch = new Batch();

    /** What the running cycle delivers; empty between cycles. */
    private Batch inDelivery = new Batch();

    /** A broadcast cycle is running or scheduled. */
    private boolean inCycle;

    /** Of members that are being told what they have missed; almost always empty. */
    private List<CatchUp> catchUps = List.of();

    /** @param lock the channel's */
    BroadcastBuffer(Object lock, ChannelId channel, ChannelConfig config, MemberList memberList) {
        this.lock = lock;
        this.channel = channel;
        this.config = config;
        this.memberList = memberList;
    }

    ChannelId channel() {
        return channel;
    }

    @Override
    public String name() {
        return channel.value();
    }

    /** Sends an envelope to all members. */
    @Override
    public void toAll(ServerEnvelope envelope) {
        int before = waitingBytes();
        if (memberList.hasOwn()) {
            batch.own().append(config.codec().encode(envelope));
        }
        if (memberList.hasJoined()) {
            Frame tagged = config.codec().encode(envelope, channel);
            batch.tagged().append(tagged);
            if (!catchUps.isEmpty()) {
                catchUps.forEach(catchUp -> catchUp.add(tagged));
            }
        }
        batch.countFrame();
        config.budget().charge(waitingBytes() - before);
    }

    /** The members that block a user of this name. */
    @Override
    public List<Member> membersBlocking(UserName name) {
        return memberList.membersBlocking(name);
    }

    /** Sends an envelope to all members but some. */
    @Override
    public void toAllBut(Collection<Member> some, ServerEnvelope envelope) {
        if (memberList.isEmpty()) {
            return;
        }
        int own = batch.own().length();
        int tagged = batch.tagged().length();
        toAll(envelope);
        for (Member member : some) {
            batch.skipLast(member, batch.framesFor(member).length() - (member.isJoined() ? tagged : own));
        }
        if (!catchUps.isEmpty()) {
            catchUps.stream().filter(catchUp -> some.contains(catchUp.member())).forEach(CatchUp::removeLast);
        }
    }

    /**
     * Counts the last envelope sent to all as a message.
     *
     * @param receivedNanos when it was received
     */
    void countMessage(long receivedNanos) {
        batch.countMessage(receivedNanos);
    }

    /** Sends an envelope to one member, in order with what all members get. */
    @Override
    public void to(Member member, ServerEnvelope envelope) {
        to(member, config.codec().encode(envelope, member.tag()));
    }

    /** As {@link #to(Member, ServerEnvelope)}. A member over its limit is disconnected instead. */
    void to(Member member, Frame frame) {
        int bytes = frame.length() + ASIDE_OVERHEAD;
        if (frame.isClose()) {
            batch.append(member, frame, 0);
        } else if (!member.overflowed && member.receiver().reserve(bytes)) {
            batch.append(member, frame, bytes);
        } else if (!member.overflowed) {
            member.overflowed = true;
            batch.append(member, TOO_SLOW, 0);
        }
    }

    /** Keeps what is sent to all members from now on. */
    void begin(CatchUp catchUp) {
        List<CatchUp> all = new ArrayList<>(catchUps);
        all.add(catchUp);
        catchUps = all;
    }

    /** Keeps nothing more for a member. @return false if this had ended before */
    boolean end(CatchUp ended) {
        List<CatchUp> others =
                catchUps.stream().filter(catchUp -> !catchUp.equals(ended)).toList();
        boolean isEnded = others.size() < catchUps.size();
        catchUps = others;
        return isEnded;
    }

    /** Starts delivery to a member: it does not get the frames that wait now. */
    void startFor(Member member) {
        if (!batch.isEmpty()) {
            batch.startFor(member);
        }
    }

    /** The bytes that wait for the next cycle, without replies. */
    int waitingBytes() {
        return batch.length();
    }

    /** @throws ChatException 503 if nothing more can be published now */
    void requireRoomFor(EventDraft draft) {
        if (config.closing().get()) {
            throw refusal("the server is stopping", draft);
        }
        if (waitingBytes() > config.maxWaitingBytes() || config.budget().isFull()) {
            throw refusal("the channel is overloaded", draft);
        }
    }

    private static ChatException refusal(String why, EventDraft draft) {
        return new ChatException(
                ErrorReason.UNAVAILABLE, why + ": the " + draft.noun() + " was not delivered, try again");
    }

    /** A broadcast cycle is running or scheduled. */
    boolean isInCycle() {
        return inCycle;
    }

    /** Whether a cycle must be scheduled; it counts as running from now on. */
    boolean beginCycle() {
        boolean begin = !inCycle && !batch.isEmpty();
        inCycle |= begin;
        return begin;
    }

    /** Schedules a broadcast cycle if frames wait. */
    @Override
    public void flush() {
        boolean begin;
        synchronized (lock) {
            begin = beginCycle();
        }
        schedule(begin);
    }

    /** @param begin whether a cycle must be scheduled */
    void schedule(boolean begin) {
        if (begin) {
            config.broadcaster().add(this);
        }
    }

    /** Delivers what waits, and schedules another cycle if more has arrived meanwhile. */
    @Override
    public void runCycle(BatchWriter batchWriter) {
        Member[] to;
        Batch delivered;
        synchronized (lock) {
            delivered = takeBatch();
            to = delivered.isForAll() ? memberList.listeners() : NO_MEMBERS;
        }
        try {
            batchWriter.deliver(delivered, to);
            count(delivered, to.length);
        } finally {
            boolean again;
            synchronized (lock) {
                again = endCycle();
            }
            schedule(again);
        }
    }

    /** Returns what this cycle delivers. It belongs to the thread that runs the cycle until {@link #endCycle}. */
    private Batch takeBatch() {
        Batch taken = batch;
        batch = inDelivery;
        inDelivery = taken;
        return taken;
    }

    /** Ends the cycle. @return whether another must be scheduled */
    private boolean endCycle() {
        config.budget().giveBack(inDelivery.length());
        inDelivery.clear();
        inCycle = !batch.isEmpty();
        return inCycle;
    }

    private void count(Batch delivered, int members) {
        config.metrics().deliveries().add((long) delivered.frames() * members);
        if (delivered.messages() > 0) {
            config.metrics().broadcastMessages().record(delivered.messages());
            config.metrics()
                    .deliverySeconds()
                    .record(config.nanoTime().getAsLong() - delivered.firstReceivedNanos(), delivered.messages());
        }
    }
}
