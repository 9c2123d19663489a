package chat.weir.connection;

import chat.weir.account.LoginRegistry;
import chat.weir.channel.ChannelClient;
import chat.weir.channel.Member;
import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.presence.Participant;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: the state that its commands act on, and its way to the socket. {@link ConnectionIdentity}
 * holds who the client is, {@link Memberships} the channels that it is in.
 *
 * <p>Threading: safe; commands of the client run on one thread at a time. Guarded by this is only that a change of the
 * identity and its reply are one step for the heartbeats; lock order: connection, identity, memberships, channel.
 */
public final class Connection implements ChannelClient, LoginRegistry.Socket, HeartbeatSlot.Client {
    /** Starts at a random number, so that the ids of two servers rarely meet. */
    private static final AtomicLong NUMBERS = new AtomicLong(new SecureRandom().nextLong(1L << 50));

    private final ConnectionConfig config;
    private final ClientTransport transport;
    private final ConnectionIdentity identity;
    private final Memberships memberships;
    private final boolean pongs;
    private final ConnectionRateLimits rateLimits;
    private final PendingCommands pendingCommands;
    private final HeartbeatSlot.Entry heartbeatEntry = new HeartbeatSlot.Entry();
    private final long number = NUMBERS.incrementAndGet();
    private volatile long lastHeardNanos;
    private volatile boolean inTestMode;

    /** Pauses the transport until it has ended; null: the client did not ask for a recovery. */
    private volatile @Nullable Recovery recovery;

    /** What the last heartbeat said. */
    @GuardedBy("this")
    private boolean saidAuthenticated;

    /** @param pongs whether the client answers pings as its heartbeats */
    Connection(ConnectionConfig config, ClientTransport transport, ConnectionIdentity identity, boolean pongs) {
        long now = config.nanoTime().getAsLong();
        this.config = config;
        this.transport = transport;
        this.identity = identity;
        this.memberships = identity.memberships();
        this.pongs = pongs;
        this.rateLimits = new ConnectionRateLimits(config.messageRate(), now);
        this.pendingCommands = new PendingCommands(config.pendingCommands());
        this.lastHeardNanos = now;
    }

    /** Tells this connection from all others. */
    public String id() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    public ConnectionIdentity identity() {
        return identity;
    }

    public Memberships memberships() {
        return memberships;
    }

    public ClientTransport transport() {
        return transport;
    }

    public ConnectionRateLimits rateLimits() {
        return rateLimits;
    }

    public PendingCommands pendingCommands() {
        return pendingCommands;
    }

    public boolean isInTestMode() {
        return inTestMode;
    }

    public void setTestMode(boolean on) {
        inTestMode = on;
    }

    @Override
    public FrameReceiver receiver() {
        return transport;
    }

    @Override
    public @Nullable Author author() {
        return identity.authorOrNull();
    }

    @Override
    public Optional<String> address() {
        return transport.ownAddress();
    }

    @Override
    public ConnectionState state() {
        return identity.connectionState();
    }

    @Override
    public HeartbeatSlot.Entry heartbeatEntry() {
        return heartbeatEntry;
    }

    /** The client has shown that it is alive. */
    public void heard() {
        lastHeardNanos = config.nanoTime().getAsLong();
    }

    /** The client has answered a ping, which is a heartbeat if it asked for pings. */
    public void pong() {
        if (pongs) {
            heard();
        }
    }

    /** Sends an envelope, behind all that the URL's channel has published so far. */
    public void reply(ServerEnvelope envelope) {
        Member own = memberships.own();
        own.channel().reply(own, envelope);
    }

    /** Answers an envelope that has no reply of its own, if the client asked for one. */
    public void replyDone(ClientEnvelope envelope) {
        String ref = envelope.ref();
        if (ref != null) {
            reply(new ServerEnvelope.Done(envelope.type(), ref));
        }
    }

    private void reply(Frame frame) {
        Member own = memberships.own();
        own.channel().reply(own, frame);
    }

    /** The socket is gone. The channels are left when all commands that it had sent before are done. */
    public void closed() {
        if (!pendingCommands.parksEnd()) {
            leaveAll();
        }
    }

    /** Nothing that the client has asked for is worth doing any more. */
    public boolean hasEnded() {
        return memberships.hasEnded() || pendingCommands.isAbandoned();
    }

    /** Frees the name and leaves all channels. */
    public void leaveAll() {
        if (identity.leaveAll()) {
            heartbeatEntry.leave();
        }
        giveUpRecovery();
    }

    /** @param current pauses the transport */
    void recoverBy(Recovery current) {
        recovery = current;
        if (hasEnded()) {
            // It ended before this recovery was known to it.
            current.giveUp();
        }
    }

    /** The end of the connection does not wait for missed messages. */
    private void giveUpRecovery() {
        Recovery current = recovery;
        if (current != null) {
            current.giveUp();
        }
    }

    /** Closes the connection, behind all that its channel has published so far. */
    public void close(CloseCode code, String reason) {
        close(code.number(), reason);
    }

    /** As {@link #close(CloseCode, String)}, with any code. */
    public void close(int code, String reason) {
        reply(Frame.close(code, reason));
        giveUpRecovery();
    }

    @Override
    public void replaced(String reason) {
        close(CloseCode.REPLACED, reason);
        leaveAll();
    }

    @Override
    public void loginEnded(String reason) {
        close(CloseCode.POLICY, reason);
        leaveAll();
    }

    @Override
    public void disconnect(ChannelId channel, CloseCode code, String reason) {
        if (!channel.equals(memberships.own().channel().id())) {
            memberships.expel(channel);
        } else if (!memberships.hasEnded()) {
            close(code, reason);
            leaveAll();
        }
    }

    /** Removes the client from the channels from which it is banned under its present name. */
    public void leaveBanned() {
        memberships.leaveBanned();
    }

    @Override
    public void invite(Participant expected, UserName inviter, ServerEnvelope.Private invitation) {
        if (!memberships.blocked().all().contains(inviter.key())) {
            identity.invite(expected, invitation);
        }
    }

    /** Changes the identity and replies to it with no heartbeat in between, since the reply has to come first. */
    public synchronized void betweenTicks(Runnable change) {
        change.run();
    }

    /** Sends the client its state and expects an answer before the next tick. */
    @Override
    public synchronized void tick(HeartbeatTick tick) {
        boolean authenticated = false;
        boolean hasLostName = false;
        if (tick.silenceNanos(lastHeardNanos) < config.silence().toNanos()) {
            authenticated = identity.tick(tick.nowNanos());
        } else {
            hasLostName = identity.fallSilent();
        }
        if (pongs) {
            transport.deliver(Frame.ping());
        }
        Frame heartbeat = tick.frames().of(authenticated);
        if (authenticated != saidAuthenticated) {
            saidAuthenticated = authenticated;
            // Behind the reply that says why.
            reply(heartbeat);
        } else if (!pongs) {
            transport.deliver(heartbeat);
        }
        if (hasLostName) {
            leaveBanned();
        }
    }
}
