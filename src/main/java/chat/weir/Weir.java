package chat.weir;

import chat.weir.channel.ChannelRules;
import chat.weir.channel.Channels;
import chat.weir.channel.MemoryBudget;
import chat.weir.channel.Turns;
import chat.weir.channel.Upkeep;
import chat.weir.connection.BanSweep;
import chat.weir.connection.Connections;
import chat.weir.connection.Doorkeeper;
import chat.weir.connection.Enforcement;
import chat.weir.connection.Environment;
import chat.weir.connection.Errands;
import chat.weir.connection.Guests;
import chat.weir.connection.Heartbeats;
import chat.weir.connection.Logins;
import chat.weir.connection.RecentSpeakers;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.http.HttpApi;
import chat.weir.http.Served;
import chat.weir.moderation.Audit;
import chat.weir.moderation.Moderation;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.JsonCodec;
import chat.weir.settings.Settings;
import chat.weir.websocket.ChatServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final Duration DRAIN = Duration.ofMillis(2_800);

    /** Of all steps together; a supervisor that was told five seconds kills the process then. */
    private static final Duration STOP_WITHIN = Duration.ofMillis(4_800);

    /** Leaves time to cut off who does not take what waits, and to close the database. */
    private static final Duration DRAINED_BY = Duration.ofMillis(3_800);

    /** It has begun with everything else, and takes a second if nothing hangs. */
    private static final Duration HTTP_WITHIN = Duration.ofMillis(200);

    /** Connections that the kernel completes while the server is busy. */
    private static final int BACKLOG = 4_096;

    private final Time time;
    private final MemoryBudget outgoing = new MemoryBudget(Memory.heldBytes());
    private final Turns turns;
    private final Storage storage;
    private final Errands errands;
    private final Upkeep upkeep = new Upkeep();
    private final Channels channels;
    private final Moderation moderation;
    private final Doorkeeper doorkeeper;
    private final RecentSpeakers speakers;
    private final Guests people;
    private final Heartbeats heartbeats;
    private final ServerSocketChannel listener;
    private final ChatServer server;
    private final HttpApi http;

    /**
     * Opens the database and binds the ports; nobody is let in before {@link #start}.
     *
     * @param cores that the server may use
     * @param onFailure run once if the server cannot go on
     * @throws CannotStartException if a port cannot be bound or the database cannot be used
     */
    public Weir(Settings settings, Time time, int cores, Runnable onFailure) {
        this.time = time;
        OpenedResources opened = new OpenedResources();
        try {
            listener = opened.add(bind(settings.host(), settings.port()));
            turns = opened.add(new Turns(cores));
            errands = opened.add(new Errands());
            storage = opened.add(Storage.open(settings, time, turns));
            JsonCodec codec = new JsonCodec();
            channels = new Channels(channelRules(settings, codec), storage.log()::forget);
            heartbeats = new Heartbeats(settings.liveness().interval(), codec, time.nanoTime());
            moderation = new Moderation(
                    storage.database(), time.clock(), time.nanoTime(), new Enforcement(channels)::carryOut);
            doorkeeper = new Doorkeeper(moderation, storage.logins().open());
            speakers = new RecentSpeakers(Memory.recentSpeakers(), time.nanoTime());
            people = new Guests(channels, speakers);
            Connections connections = new Connections(environment(settings, codec), heartbeats);
            DescriptorBudget descriptors = DescriptorBudget.ofProcess();
            server = new ChatServer(
                    listener,
                    Rules.ofSockets(settings, time, outgoing, descriptors),
                    connections,
                    new TurnsAfterReading(turns),
                    onFailure);
            http = http(settings, descriptors);
        } catch (RuntimeException | Error e) {
            opened.closeAll(e);
            throw e;
        }
    }

    private Environment environment(Settings settings, JsonCodec codec) {
        return new Environment(
                Rules.ofConnections(settings, time),
                channels,
                storage.log(),
                storage.logins(),
                moderation,
                doorkeeper,
                new SanctionTargets(storage.logins().accounts(), moderation, people),
                speakers,
                storage.blocks(),
                errands,
                new AtomicLong(Memory.parkedBytes()),
                codec);
    }

    private static ServerSocketChannel bind(String host, int port) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                return listener.bind(new InetSocketAddress(host, port), BACKLOG);
            } catch (IOException | RuntimeException e) {
                listener.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw ListenFailure.of(host, port, "PORT", e);
        }
    }

    private ChannelRules channelRules(Settings settings, JsonCodec codec) {
        return new ChannelRules(
                codec,
                turns,
                storage.log(),
                settings.limits().maxQueuedBytes(),
                new Semaphore(Memory.rememberedThings()),
                settings.limits().presenceList(),
                Memory.channels(),
                outgoing,
                upkeep,
                new AtomicBoolean(),
                time.clock(),
                time.nanoTime());
    }

    private HttpApi http(Settings settings, DescriptorBudget descriptors) {
        Logins logins = storage.logins();
        Served served = new Served(
                logins.accounts(),
                logins.sessions(),
                logins.open(),
                storage.log(),
                new ChannelsForHttp(channels),
                people,
                moderation,
                new Audit(storage.database()),
                storage::problem);
        try {
            return new HttpApi(Rules.ofHttp(settings, port(), descriptors), served);
        } catch (IOException e) {
            throw ListenFailure.of(settings.host(), settings.http().port(), "HTTP_PORT", e);
        }
    }

    /** Begins to accept, once all else is at work. */
    public void start() {
        heartbeats.start(time.scheduler());
        upkeep.start(time.maintenance());
        new Forgetting(channels, storage.logins().sessions(), speakers, errands).start(time.maintenance());
        new ModerationUpkeep(moderation, errands, new BanSweep(channels, moderation, doorkeeper))
                .start(time.maintenance());
        http.start();
        // Last, so that a client that is let in finds everything else at work.
        server.start(time.scheduler());
    }

    /** The port that it listens on, also where the settings left the choice to the system. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** The port of the HTTP API. */
    public int httpPort() {
        return http.port();
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
     * Goes away: takes nobody in any more, stores what has been said, tells every client to come back later, gives each
     * what waits for it, and returns after at most five seconds, whatever hangs; what does is left to the end of the
     * process.
     */
    public void stop() throws IOException, InterruptedException {
        FutureTask<Boolean> steps = new FutureTask<>(this::stopInOrder);
        startDaemon(steps, "weir-stop-steps");
        try {
            boolean unused = steps.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("stopping has taken {} ms: what still hangs is left behind", STOP_WITHIN.toMillis());
        } catch (ExecutionException e) {
            throw new IOException("stopping failed", e.getCause());
        }
    }

    private boolean stopInOrder() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Thread httpStop = startDaemon(this::stopHttp, "weir-http-stop");
        channels.close();
        storage.log().close();
        server.closeAll(CloseCode.GOING_AWAY.number(), "the server is going away");
        long drained = Math.min(System.nanoTime() - begin + DRAIN.toNanos(), DRAINED_BY.toNanos());
        while (server.connectionCount() > 0 && System.nanoTime() - begin < drained) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        server.terminate();
        turns.close();
        errands.close();
        time.stop();
        httpStop.join(HTTP_WITHIN.toMillis());
        storage.close();
        return true;
    }

    private static Thread startDaemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void stopHttp() {
        try {
            http.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
