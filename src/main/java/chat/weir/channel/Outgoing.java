package chat.weir.channel;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.Frame;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;

/**
 * What a channel has to say to its members: encoded once for those whose own channel it is and once for those who
 * joined it, each only if there is somebody to read it, and kept until the channel's next turn.
 *
 * <p>Threading: confined to its channel's lock.
 */
final class Outgoing {
    private final ChannelId channel;
    private final JsonCodec codec;
    private final Audience audience;
    private final Waiting waiting = new Waiting();

    Outgoing(ChannelId channel, JsonCodec codec, Audience audience) {
        this.channel = channel;
        this.codec = codec;
        this.audience = audience;
    }

    /** Says it to all. */
    void toAll(ServerEnvelope envelope) {
        if (audience.hasOwn()) {
            waiting.run().own().append(codec.encode(envelope));
        }
        if (audience.hasJoined()) {
            waiting.run().tagged().append(codec.encode(envelope, channel));
        }
    }

    /** Says it to all but some. */
    void toAllBut(Iterable<Member> some, ServerEnvelope envelope) {
        if (audience.isEmpty()) {
            return;
        }
        Run run = waiting.run();
        int own = run.own().length();
        int tagged = run.tagged().length();
        toAll(envelope);
        for (Member member : some) {
            run.skipLast(member, run.framesFor(member).length() - (member.isJoined() ? tagged : own));
        }
    }

    /** Says it to one, in its place among what all get. */
    void to(Member member, ServerEnvelope envelope) {
        to(member, codec.encode(envelope, member.tag()));
    }

    /** As {@link #to(Member, ServerEnvelope)}. */
    void to(Member member, Frame frame) {
        waiting.run().append(member, frame);
    }

    /** A member begins to hear: what waits is from before that. */
    void startFor(Member member) {
        if (!waiting.run().isEmpty()) {
            waiting.run().startFor(member);
        }
    }

    /** How many bytes wait for the next turn. */
    int waitingBytes() {
        return waiting.run().length();
    }

    /** A turn is under way or about to be. */
    boolean isTurning() {
        return waiting.isTurning();
    }

    /** Whether a turn has to be asked for; it counts as under way from now on. */
    boolean beginTurn() {
        return waiting.beginTurn();
    }

    /** What a turn delivers; what comes meanwhile is for the next. */
    Run takeRun() {
        return waiting.takeRun();
    }

    /** A turn has ended. @return whether another has to be asked for */
    boolean endTurn() {
        return waiting.endTurn();
    }
}
