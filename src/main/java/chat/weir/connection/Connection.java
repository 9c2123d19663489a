package chat.weir.connection;

import chat.weir.channel.Channels;
import chat.weir.channel.Member;
import chat.weir.connection.State.Authenticated;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * One client's place in the server: its state and its channel. What envelopes do is in the classes beside this one;
 * they change a connection by the methods here.
 *
 * <p>Threading: the state changes under this lock, by the thread that reads the client and by the heartbeats. Lock
 * order: connection, then channel. Nothing is sent while the lock is held.
 */
public final class Connection {
    private static final State ANONYMOUS = new State.Anonymous();

    private final Environment environment;
    private final Wire wire;
    private final Member member;
    private final boolean pongs;
    private final Guard guard;

    private volatile long lastHeardNanos;

    @GuardedBy("this")
    private State state = ANONYMOUS;

    @GuardedBy("this")
    private boolean closed;

    /** Where the heartbeats keep this connection; theirs to change. */
    final HeartbeatPlace heartbeatPlace = new HeartbeatPlace();

    /** What a connection needs of the server around it. */
    record Environment(ConnectionRules rules, Channels channels, Envelopes envelopes) {}

    Connection(Environment environment, Wire wire, Member member, boolean pongs) {
        long now = environment.rules().nanoTime().getAsLong();
        this.environment = environment;
        this.wire = wire;
        this.member = member;
        this.pongs = pongs;
        this.guard = new Guard(environment.rules().messageRate(), now);
        this.lastHeardNanos = now;
    }

    /** Takes one frame of valid UTF-8 from the client, and answers whatever is wrong with it. */
    public void receive(byte[] utf8, int offset, int length) {
        environment.envelopes().receive(this, utf8, offset, length);
    }

    /** The client has answered a ping; that is a heartbeat if it asked for it. */
    public void receivePong() {
        if (pongs) {
            heard();
        }
    }

    /** The client has sent a ping. */
    public void receivePing(byte[] payload) {
        environment.envelopes().ping(this, payload);
    }

    /** The socket is gone: the name is free and the channel left. */
    public void closed() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            state = ANONYMOUS;
        }
        heartbeatPlace.leave();
        environment.channels().leave(member);
    }

    /** Ends the connection, behind all that its channel has said so far. */
    public void close(int code, String reason) {
        member.channel().reply(member, Frame.close(code, reason));
    }

    /** The id of the channel that the URL named. */
    public String channel() {
        return member.channel().id().value();
    }

    Member member() {
        return member;
    }

    Wire wire() {
        return wire;
    }

    Guard guard() {
        return guard;
    }

    void heard() {
        lastHeardNanos = environment.rules().nanoTime().getAsLong();
    }

    void reply(Frame frame) {
        member.channel().reply(member, frame);
    }

    /** The name to speak under. @throws ErrorReply 401 if there is none yet */
    UserName authenticatedName() {
        State now;
        synchronized (this) {
            now = state;
        }
        if (now instanceof Authenticated authenticated) {
            return authenticated.name();
        }
        throw new ErrorReply(
                ErrorCode.UNAUTHENTICATED,
                now instanceof State.Anonymous
                        ? "you have no name yet: send {\"type\":\"identity\",\"user\":\"...\"} first"
                        : "your name is not confirmed yet: answer the heartbeats until they say"
                                + " \"authenticated\":\"true\"");
    }

    /** Takes a name, or another one. Returns null, or why not. */
    synchronized ServerEnvelope.Identity.@Nullable Reason identify(UserName name) {
        if (closed || !member.channel().claim(member, name)) {
            return ServerEnvelope.Identity.Reason.TAKEN;
        }
        state = state.named(name, environment.rules().nanoTime().getAsLong());
        return null;
    }

    /** A beat of the heart: time moves the state on, and the client hears of it and is asked for a sign of life. */
    void beat(Beat beat) {
        boolean before;
        boolean after;
        synchronized (this) {
            before = state.isAuthenticated();
            if (beat.silenceNanos(lastHeardNanos)
                    >= environment.rules().silence().toNanos()) {
                member.channel().release(member);
                state = ANONYMOUS;
            } else {
                state = state.beat(beat.nowNanos(), environment.rules().grace());
            }
            after = state.isAuthenticated();
        }
        if (pongs) {
            wire.deliver(Frame.ping());
        }
        if (!pongs || before != after) {
            wire.deliver(beat.frames().of(after));
        }
    }
}
