package chat.weir.connection;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.Channel;
import chat.weir.channel.Member;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.protocol.frame.Frame;
import chat.weir.protocol.frame.Utf8Validator;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes its envelopes and sends it frames. Its {@link ConnectionIdentity} holds who it is, its
 * {@link Places} hold the channels it is in; the handlers beside this class do what its envelopes ask.
 *
 * <p>Threading: safe; what comes from the client comes on one thread at a time. Guarded by this is only that a change
 * of who the client is and the answer to it are one step for the heartbeats; lock order: connection, identity, channel.
 */
public final class Connection implements ClientHandler, Member.Owner, LoginRegistry.Socket {
    /** Begins anywhere, so that the ids of two servers hardly ever meet. */
    private static final AtomicLong NUMBERS = new AtomicLong(new SecureRandom().nextLong(1L << 50));

    private final Environment environment;
    private final CommandDispatcher dispatcher;
    private final ClientTransport transport;
    private final Member own;
    private final ConnectionIdentity identity;
    private final Places places;
    private final boolean pongs;
    private final ConnectionRateLimits rateLimits;
    private final PendingCommands pendingCommands;
    private final long number = NUMBERS.incrementAndGet();
    private volatile long lastHeardNanos;
    private volatile boolean inTestMode;

    /** Holds the transport while it is set. */
    private volatile @Nullable Recovery recovery;

    /** What the last heartbeat said. */
    @GuardedBy("this")
    private boolean told;

    /** Where the heartbeats keep this connection; theirs to change. */
    final HeartbeatEntry heartbeatEntry = new HeartbeatEntry();

    /** @param own its membership of the URL's channel, in which nobody can find it before this is done */
    private Connection(
            Environment environment,
            CommandDispatcher dispatcher,
            ClientTransport transport,
            Member own,
            boolean pongs) {
        long now = environment.config().nanoTime().getAsLong();
        this.environment = environment;
        this.dispatcher = dispatcher;
        this.transport = transport;
        this.pongs = pongs;
        this.rateLimits = new ConnectionRateLimits(environment.config().messageRate(), now);
        this.pendingCommands = new PendingCommands(environment.parkingRoom());
        this.lastHeardNanos = now;
        this.own = own;
        Memberships memberships = new Memberships(environment, own, transport);
        this.identity = new ConnectionIdentity(environment, memberships);
        this.places = new Places(environment, identity, memberships);
    }

    /** A connection that has joined the channel of its URL. Whoever lets it in has to see to it that it leaves again. */
    static Connection join(
            Environment environment,
            CommandDispatcher dispatcher,
            ClientTransport transport,
            ChannelId channel,
            boolean pongs) {
        return environment
                .channels()
                .joinOwn(channel, transport, own -> new Connection(environment, dispatcher, transport, own, pongs));
    }

    /** Takes one envelope, and answers whatever is wrong with it. */
    @Override
    public void receiveText(byte[] utf8, int length) {
        dispatcher.dispatch(this, utf8, 0, length);
    }

    /** Takes an envelope from a client that sends them as binary messages. */
    @Override
    public void receiveBinary(byte[] bytes, int length) {
        if (!Utf8Validator.isValid(bytes, length)) {
            throw new DisconnectException(CloseCode.NOT_TEXT, "a binary message is not UTF-8");
        }
        receiveText(bytes, length);
    }

    /** The client has answered a ping; that is a heartbeat if it asked for it. */
    @Override
    public void receivePong() {
        if (pongs) {
            heard();
        }
    }

    @Override
    public void receivePing(byte[] payload) {
        dispatcher.ping(this, payload);
    }

    /** When all that came from the socket is done, the name is free and the channels are left. */
    @Override
    public void closed() {
        if (!pendingCommands.parksEnd()) {
            leaveAll();
        }
    }

    /** There is nobody any more to answer. */
    boolean hasEnded() {
        return identity.hasLeft() || pendingCommands.isAbandoned();
    }

    /** The name is free and the channels are left. */
    void leaveAll() {
        if (identity.leaveAll()) {
            heartbeatEntry.leave();
        }
        giveUpRecovery();
    }

    void setRecovery(@Nullable Recovery current) {
        recovery = current;
    }

    /** The end does not wait for what was missed. */
    private void giveUpRecovery() {
        Recovery current = recovery;
        if (current != null) {
            current.giveUp();
        }
    }

    /** Ends the connection, behind all that its channel has said so far. */
    @Override
    public void close(int code, String reason) {
        reply(Frame.close(code, reason));
        giveUpRecovery();
    }

    @Override
    public void replaced(String why) {
        close(CloseCode.REPLACED.number(), why);
        leaveAll();
    }

    @Override
    public void loginEnded(String reason) {
        close(CloseCode.POLICY.number(), reason);
        leaveAll();
    }

    /** Tells this connection from all others. */
    String id() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    boolean isInTestMode() {
        return inTestMode;
    }

    void setTestMode(boolean on) {
        inTestMode = on;
    }

    /** Sends the client out of a channel: the connection ends if it is the URL's, and leaves it if it joined it. */
    void sendAway(Channel channel, CloseCode code, String reason) {
        if (channel.equals(own.channel())) {
            close(code.number(), reason);
            leaveAll();
        } else {
            places.expel(channel.id());
        }
    }

    @Override
    public String channel() {
        return own.channel().id().value();
    }

    /** The membership of the URL's channel. */
    Member own() {
        return own;
    }

    ConnectionIdentity identity() {
        return identity;
    }

    Places places() {
        return places;
    }

    ClientTransport transport() {
        return transport;
    }

    ConnectionRateLimits rateLimits() {
        return rateLimits;
    }

    PendingCommands pendingCommands() {
        return pendingCommands;
    }

    void heard() {
        lastHeardNanos = environment.config().nanoTime().getAsLong();
    }

    void reply(ServerEnvelope envelope) {
        reply(environment.codec().encode(envelope));
    }

    /** Tells the client something by way of one of its channels, behind all that has been said there so far. */
    void tell(Member place, ServerEnvelope envelope) {
        place.channel().reply(place, environment.codec().encode(envelope));
    }

    private void reply(Frame frame) {
        own.channel().reply(own, frame);
    }

    /** Changes who the client is and answers it, with no heartbeat in between: the answer has to come first. */
    synchronized void betweenTicks(Runnable change) {
        change.run();
    }

    /** A heartbeat tick: sends the client its state and expects an answer. */
    synchronized void tick(HeartbeatTick tick) {
        boolean authenticated = false;
        boolean hasLostName = false;
        if (tick.silenceNanos(lastHeardNanos) < environment.config().silence().toNanos()) {
            authenticated = identity.tick(tick.nowNanos());
        } else {
            hasLostName = identity.fallSilent();
        }
        if (pongs) {
            transport.deliver(Frame.ping());
        }
        Frame heartbeat = tick.frames().of(authenticated);
        if (authenticated != told) {
            told = authenticated;
            // Behind the answer that says why.
            reply(heartbeat);
        } else if (!pongs) {
            transport.deliver(heartbeat);
        }
        if (hasLostName) {
            environment.accessControl().sendAwayIfBanned(this);
        }
    }
}
