package chat.weir;

import chat.weir.account.MessageDeletions;
import chat.weir.channel.ChannelConfig;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.channel.presence.ChannelTicker;
import chat.weir.command.CommandDispatcher;
import chat.weir.command.CommandReceiverFactory;
import chat.weir.command.CommandTable;
import chat.weir.command.LoginServices;
import chat.weir.connection.ConnectionConfig;
import chat.weir.connection.ConnectionFactory;
import chat.weir.connection.ConnectionState;
import chat.weir.connection.HeartbeatScheduler;
import chat.weir.connection.JoinPolicy;
import chat.weir.connection.MissedMessages;
import chat.weir.http.HttpConfig;
import chat.weir.http.HttpServer;
import chat.weir.http.api.ApiRoutes;
import chat.weir.http.api.ApiServices;
import chat.weir.http.routing.Route;
import chat.weir.http.web.WebRoutes;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.AuditLog;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.settings.Settings;
import chat.weir.supervision.HealthProbe;
import chat.weir.supervision.Progress;
import chat.weir.supervision.Watchdog;
import chat.weir.websocket.ChatServer;
import chat.weir.worker.MemoryBudget;
import chat.weir.worker.WorkerPools;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * A complete server: creates and connects the parts, starts and stops them.
 *
 * <p>Threading: safe.
 */
public final class WeirServer {
    private final Clocks clocks;
    private final MemoryBudget outgoing = new MemoryBudget(MemoryLimits.heldBytes());
    private final MemoryBudget incoming = new MemoryBudget(MemoryLimits.heldBytes());
    private final Metrics metrics = new Metrics();
    private final Broadcaster broadcaster;
    private final Storage storage;
    private final WorkerPools workerPools;
    private final ChannelTicker ticker = new ChannelTicker();
    private final ChannelRegistry channels;
    private final Enforcement enforcement;
    private final AccountMessageDeletion messageDeletion;
    private final HeartbeatScheduler heartbeatScheduler;
    private final ServerSocketChannel listener;
    private final ChatServer server;
    private final HttpServer http;
    private final Watchdog watchdog;

    /**
     * Opens the database and binds the port. Clients are accepted after {@link #start}.
     *
     * @param cores the number of CPU cores to use
     * @param giveUp ends the process with an exit code; called after a fatal failure
     * @throws StartupException if a port cannot be bound or the database cannot be used
     */
    public WeirServer(Settings settings, Clocks clocks, int cores, IntConsumer giveUp) {
        this(settings, clocks, cores, giveUp, Watchdog.Timing.DEFAULT);
    }

    /** As above, with other intervals of the watchdog. */
    WeirServer(Settings settings, Clocks clocks, int cores, IntConsumer giveUp, Watchdog.Timing timing) {
        this.clocks = clocks;
        OpenedResources opened = new OpenedResources();
        try {
            listener = opened.add(ListenSocket.bind(settings.host(), settings.port()));
            broadcaster = opened.add(new Broadcaster(cores));
            workerPools = opened.add(new WorkerPools());
            storage = opened.add(Storage.open(settings, clocks, broadcaster, metrics));
            JsonCodec codec = new JsonCodec();
            channels = new ChannelRegistry(channelConfig(settings, codec), storage.log()::forget);
            messageDeletion = new AccountMessageDeletion(
                    new MessageDeletions(storage.database(), clocks.clock()),
                    storage.log(),
                    new ChannelsForHttp(channels));
            heartbeatScheduler = new HeartbeatScheduler(
                    settings.liveness().interval(), codec, clocks.nanoTime(), metrics.lateHeartbeats());
            enforcement = Enforcement.of(storage, channels, clocks);
            CommandReceiverFactory receivers = receivers(ServerConfig.ofConnections(settings, clocks), codec);
            http = http(settings);
            server = new ChatServer(
                    listener,
                    ServerConfig.ofSockets(settings, clocks, outgoing, incoming, metrics),
                    receivers,
                    new BroadcastTrigger(broadcaster),
                    http::take,
                    () -> giveUp.accept(ExitCode.FAILURE));
            watchdog = watchdog(settings, timing, () -> giveUp.accept(ExitCode.STUCK));
            reportValues();
        } catch (RuntimeException | Error e) {
            opened.closeAll(e);
            throw e;
        }
    }

    private CommandReceiverFactory receivers(ConnectionConfig config, JsonCodec codec) {
        MissedMessages missedMessages = new MissedMessages(storage.log(), workerPools, codec, config.maxReplayBytes());
        ConnectionFactory connectionFactory = new ConnectionFactory(
                config,
                channels,
                new JoinPolicy(channels.privateChats(), enforcement.accessControl()),
                missedMessages,
                heartbeatScheduler);
        CommandTable commands = Commands.table(config, storage, channels, enforcement, missedMessages);
        return new CommandReceiverFactory(
                connectionFactory, new CommandDispatcher(config, codec, commands, workerPools, metrics));
    }

    private ChannelConfig channelConfig(Settings settings, JsonCodec codec) {
        return new ChannelConfig(
                codec,
                broadcaster,
                storage.log(),
                settings.limits().maxQueuedBytes(),
                new Semaphore(MemoryLimits.expiringEntries()),
                settings.limits().presenceList(),
                MemoryLimits.channels(),
                outgoing,
                ticker,
                new AtomicBoolean(),
                metrics,
                clocks.clock(),
                clocks.nanoTime());
    }

    private HttpServer http(Settings settings) {
        LoginServices loginServices = storage.loginServices();
        ApiServices services = new ApiServices(
                loginServices.accounts(),
                loginServices.sessions(),
                loginServices.logins(),
                storage.blocks(),
                storage.readPositions(),
                storage.log(),
                new ChannelsForHttp(channels),
                enforcement.people(),
                enforcement.moderation(),
                new AuditLog(storage.database()));
        HttpConfig config = ServerConfig.ofHttp(settings);
        List<Route> routes = new ArrayList<>(ApiRoutes.of(services, config.maxTextLength()));
        routes.addAll(WebRoutes.of(config.requireAccount(), config.maxTextLength(), this::problem, metrics));
        return new HttpServer(config, routes, loginServices.sessions(), incoming, metrics);
    }

    private void reportValues() {
        for (ConnectionState state : ConnectionState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            metrics.gauge("weir.connections", "WebSockets", "state", name, () -> heartbeatScheduler.count(state));
        }
        metrics.gauge("weir.channels", "Channels in memory", channels::size);
        metrics.gauge("weir.members", "Memberships in channels", channels::memberCount);
        metrics.gauge("weir.queued.bytes", "Bytes that wait for slow clients", server::queuedBytes);
        metrics.gauge("weir.queued.bytes.largest", "Bytes that wait for one client, at most", server::largestQueue);
        metrics.gauge(
                "weir.read.positions.waiting",
                "Read positions that wait to be stored",
                storage.readPositions()::waiting);
        metrics.errors().begin(Arrays.stream(ErrorReason.values()).map(ErrorReason::wireName));
        metrics.closes().begin(Arrays.stream(CloseCode.values()).map(code -> CloseCode.label(code.number())));
        metrics.envelopes().begin(JsonCodec.types());
    }

    /** Why the server is not ready; empty if it is. Blocks on the database. */
    private Optional<String> problem() {
        if (server.isDraining()) {
            return Optional.of("the server is shutting down");
        }
        List<String> stuck = watchdog.stuck();
        return stuck.isEmpty() ? storage.problem() : Optional.of("stuck: " + String.join(", ", stuck));
    }

    /** Starts the watchdog, which runs until the server stops. */
    public void watch() {
        watchdog.start();
    }

    Watchdog watchdog() {
        return watchdog;
    }

    private Watchdog watchdog(Settings settings, Watchdog.Timing timing, Runnable onStuck) {
        List<Progress> parts = new ArrayList<>(broadcaster.progress());
        parts.add(heartbeatScheduler);
        parts.add(ticker);
        parts.addAll(workerPools.progress());
        parts.addAll(storage.progress());
        HealthProbe port = new HealthProbe(
                listener.socket().getInetAddress(), port(), settings.basePath(), timing.answerTimeout());
        parts.add(port);
        parts.add(port.selector(server::acceptedCount));
        return new Watchdog(parts, clocks.nanoTime(), metrics.stalls(), timing, onStuck);
    }

    /** Starts accepting connections, after all other parts. */
    public void start() {
        heartbeatScheduler.start(clocks.scheduler());
        ticker.start(clocks.maintenance());
        new MaintenanceTasks(
                        channels,
                        storage.loginServices().sessions(),
                        enforcement.recentSenders(),
                        storage.changeRetention(),
                        workerPools)
                .start(clocks.maintenance());
        new ModerationMaintenance(enforcement.moderation(), workerPools, enforcement.banSweep())
                .start(clocks.maintenance());
        new ReadPositionMaintenance(storage.readPositions(), workerPools).start(clocks.maintenance());
        storage.historyRetention().start(clocks.maintenance());
        messageDeletion.start(clocks.maintenance());
        http.start(server);
        // Last, so that all other parts are ready for the first client.
        server.start(clocks.scheduler());
    }

    /** The port of the listener, also if the settings leave the choice to the system. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** The number of channels in memory. */
    public int channelCount() {
        return channels.size();
    }

    /** The number of connected clients. */
    public int connectionCount() {
        return server.connectionCount();
    }

    /** The number of open sockets, including those in the handshake or being closed. */
    public int socketCount() {
        return server.socketCount();
    }

    /** The bytes in outboxes and in incomplete input. */
    public long waitingBytes() {
        return server.waitingBytes();
    }

    /**
     * Stops the server: accepts no more clients, stores pending messages, closes every connection with a code that asks
     * the client to reconnect later, and drains the outboxes. Returns after at most five seconds; steps that still hang
     * end with the process.
     */
    public void stop() throws IOException, InterruptedException {
        new ShutdownSequence(
                        watchdog,
                        http,
                        messageDeletion,
                        channels,
                        storage,
                        server,
                        broadcaster,
                        workerPools,
                        clocks,
                        metrics)
                .run();
    }
}
