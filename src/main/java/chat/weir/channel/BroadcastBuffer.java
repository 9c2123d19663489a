package chat.weir.channel;

import chat.weir.channel.broadcast.Batch;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import chat.weir.worker.MemoryBudget;

/**
 * Collects the frames that a channel sends in its next broadcast cycle. A frame is encoded once for connections whose URL
 * names the channel and once for connections that joined it, each only if a member needs it.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class BroadcastBuffer {
    /** Memory for a frame that is kept for one member, besides its bytes. */
    private static final int ASIDE_OVERHEAD = 128;

    private static final Frame TOO_SLOW = Frame.close(CloseCode.TOO_SLOW.number(), "you read too slowly");

    private final ChannelId channel;
    private final JsonCodec codec;
    private final MemberList memberList;
    private final MemoryBudget budget;

    /** What the next cycle delivers. */
    private Batch batch = new Batch();

    /** What the running cycle delivers; empty between cycles. */
    private Batch inDelivery = new Batch();

    /** A broadcast cycle is running or scheduled. */
    private boolean inCycle;

    BroadcastBuffer(ChannelId channel, JsonCodec codec, MemberList memberList, MemoryBudget budget) {
        this.budget = budget;
        this.channel = channel;
        this.codec = codec;
        this.memberList = memberList;
    }

    /** Sends an envelope to all members. */
    void toAll(ServerEnvelope envelope) {
        int before = waitingBytes();
        if (memberList.hasOwn()) {
            batch.own().append(codec.encode(envelope));
        }
        if (memberList.hasJoined()) {
            batch.tagged().append(codec.encode(envelope, channel));
        }
        batch.countFrame();
        budget.charge(waitingBytes() - before);
    }

    /** Sends an envelope to all members but some. */
    void toAllBut(Iterable<Member> some, ServerEnvelope envelope) {
        if (memberList.isEmpty()) {
            return;
        }
        int own = batch.own().length();
        int tagged = batch.tagged().length();
        toAll(envelope);
        for (Member member : some) {
            batch.skipLast(member, batch.framesFor(member).length() - (member.isJoined() ? tagged : own));
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
    void to(Member member, ServerEnvelope envelope) {
        to(member, codec.encode(envelope, member.tag()));
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

    /** Returns what this cycle delivers. It belongs to the thread that runs the cycle until {@link #endCycle}. */
    Batch takeBatch() {
        Batch taken = batch;
        batch = inDelivery;
        inDelivery = taken;
        return taken;
    }

    /** Ends the cycle. @return whether another must be scheduled */
    boolean endCycle() {
        budget.giveBack(inDelivery.length());
        inDelivery.clear();
        inCycle = !batch.isEmpty();
        return inCycle;
    }
}
