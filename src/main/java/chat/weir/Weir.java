package chat.weir;

import chat.weir.channel.ChannelRules;
import chat.weir.channel.Channels;
import chat.weir.channel.Turns;
import chat.weir.connection.ConnectionRules;
import chat.weir.connection.Connections;
import chat.weir.connection.Heartbeats;
import chat.weir.history.MessageIds;
import chat.weir.origin.AddressRange;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.JsonCodec;
import chat.weir.settings.Settings;
import chat.weir.websocket.ChatServer;
import chat.weir.websocket.SocketSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server: the rooms wired together, started and stopped.
 *
 * <p>Threading: safe.
 */
public final class Weir {
    private static final Logger log = LoggerFactory.getLogger(Weir.class);

    /** How long clients are given to take what waits for them when the server goes away. */
    private static final Duration DRAIN = Duration.ofMillis(3_500);

    private static final long FORGET_EVERY_SECONDS = 10;
    /** Connections that the kernel completes while the server is busy. */
    private static final int BACKLOG = 4_096;

    private final Time time;
    private final Turns turns;
    private final Channels channels;
    private final Heartbeats heartbeats;
    private final ServerSocketChannel listener;
    private final ChatServer server;

    /**
     * Binds the port; nothing is accepted before {@link #start}.
     *
     * @param cores that the server may use
     * @param onFailure run once if the server cannot go on
     * @throws IOException if the port cannot be bound
     */
    public Weir(Settings settings, Time time, int cores, Runnable onFailure) throws IOException {
        this.time = time;
        Settings.Limits limits = settings.limits();
        Settings.Liveness liveness = settings.liveness();
        JsonCodec codec = new JsonCodec();
        turns = new Turns(cores);
        MessageIds ids = new MessageIds(time.clock());
        channels = new Channels(new ChannelRules(
                codec,
                turns,
                ids,
                limits.maxQueuedBytes(),
                new Semaphore(Memory.rememberedRefs()),
                new AtomicBoolean(),
                time.nanoTime()));
        heartbeats = new Heartbeats(liveness.interval(), codec, time.nanoTime());
        ConnectionRules rules = new ConnectionRules(
                settings.basePath(),
                liveness.timeout(),
                liveness.grace(),
                limits.maxTextLength(),
                limits.messageRate(),
                time.nanoTime());
        Connections connections = new Connections(rules, channels, heartbeats, codec);
        listener = bind(settings.host(), settings.port());
        server =
                new ChatServer(listener, sockets(settings, time), connections, new TurnsAfterReading(turns), onFailure);
    }

    private static ServerSocketChannel bind(String host, int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            return listener.bind(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static SocketSettings sockets(Settings settings, Time time) {
        Settings.Admission admission = settings.admission();
        return new SocketSettings(
                admission.allowedOrigins(),
                admission.trustedProxies().stream()
                        .map(AddressRange::parse)
                        .flatMap(Optional::stream)
                        .toList(),
                admission.maxConnections().orElseGet(FileLimit::connections),
                admission.maxConnectionsPerAddress(),
                settings.limits().maxFrameBytes(),
                settings.limits().maxQueuedBytes(),
                Memory.heldBytes(),
                settings.liveness().handshakeTimeout(),
                time.nanoTime());
    }

    /** Begins to accept. */
    public void start() {
        heartbeats.start(time.scheduler());
        Future<?> unused = time.scheduler()
                .scheduleWithFixedDelay(
                        this::forgetEmptyChannels, FORGET_EVERY_SECONDS, FORGET_EVERY_SECONDS, TimeUnit.SECONDS);
        server.start(time.scheduler());
    }

    private void forgetEmptyChannels() {
        try {
            channels.forgetEmpty();
        } catch (Throwable e) {
            // Whatever left here would silently end all forgetting.
            log.error("forgetting empty channels failed", e);
        }
    }

    /** The port that it listens on, also where the settings left the choice to the system. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** How many channels are known. */
    public int channelCount() {
        return channels.size();
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return server.connectionCount();
    }

    /** How many sockets are open, those included that are no connections yet, or no more. */
    public int socketCount() {
        return server.socketCount();
    }

    /** How many bytes wait in memory for clients to take them, or for the rest of what they send. */
    public long waitingBytes() {
        return server.waitingBytes();
    }

    /**
     * Goes away: takes nobody in any more, tells every client to come back later, gives each what waits for it, and
     * ends after at most four seconds.
     */
    public void stop() throws IOException, InterruptedException {
        channels.close();
        server.closeAll(CloseCode.GOING_AWAY.number(), "the server is going away");
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (server.connectionCount() > 0 && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        server.terminate();
        turns.close();
        time.scheduler().shutdownNow();
    }
}
