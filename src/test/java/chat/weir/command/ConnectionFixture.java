package chat.weir.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.HashCost;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.account.PasswordHasher;
import chat.weir.account.ReadPositions;
import chat.weir.channel.ChannelConfig;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.channel.presence.ChannelTicker;
import chat.weir.connection.ClientTransport;
import chat.weir.connection.Connection;
import chat.weir.connection.ConnectionConfig;
import chat.weir.connection.ConnectionFactory;
import chat.weir.connection.HeartbeatFrames;
import chat.weir.connection.HeartbeatScheduler;
import chat.weir.connection.HeartbeatTick;
import chat.weir.connection.JoinPolicy;
import chat.weir.connection.JoinRecovery;
import chat.weir.connection.MissedMessages;
import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.enforcement.AccessControl;
import chat.weir.enforcement.ChannelPeopleFinder;
import chat.weir.enforcement.RecentSenders;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.Frame;
import chat.weir.testing.FakeTime;
import chat.weir.worker.MemoryBudget;
import chat.weir.worker.WorkerPools;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections with test transports in front of the real channels, commands and enforcement. */
public final class ConnectionFixture implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    public static final ChannelId FISHING = new ChannelId("fishing");
    public static final Scope IN_FISHING = Scope.of(FISHING);
    public static final Actor ADMIN = new Actor(new Subject.OfAccount(1, name("root")), true);
    public static final String PASSWORD = "correct horse";

    public final FakeTime time = new FakeTime();
    public final Broadcaster broadcaster = new Broadcaster(1);
    public final WorkerPools workerPools = new WorkerPools();
    public final Database database = Database.open(DatabaseUrl.NONE);
    public final PasswordHasher passwordHasher = new PasswordHasher(new HashCost(8, 1, 1));
    public final LoginRegistry<Connection> logins = new LoginRegistry<>();
    public final List<AuditEntry> told = new CopyOnWriteArrayList<>();
    public final AtomicReference<Consumer<AuditEntry>> enforcement = new AtomicReference<>(entry -> {});
    public final ReadPositions readPositions = new ReadPositions(database, 100, new ReadNotifier(logins), metrics);
    public final Accounts accounts;
    public final ChannelRegistry channels;
    public final Moderation moderation;
    public final AccessControl accessControl;
    public final ConnectionFactory connectionFactory;
    public final MissedMessages missedMessages;
    private final CommandDispatcher dispatcher;

    public ConnectionFixture() {
        this(new InMemoryMessageLog(Clock.systemUTC(), 1 << 20));
    }

    public ConnectionFixture(MessageLog log) {
        Clock clock = time.clocks().clock();
        LongSupplier nanoTime = time.clocks().nanoTime();
        JsonCodec codec = new JsonCodec();
        accounts = new Accounts(database, passwordHasher, logins, clock, nanoTime);
        channels = channels(codec, log, clock, nanoTime);
        // Receives all moderation actions, but enforces them only if a test asks for it.
        moderation = new Moderation(database, clock, nanoTime, entry -> {
            told.add(entry);
            enforcement.get().accept(entry);
        });
        accessControl = new AccessControl(moderation, logins);
        RecentSenders recentSenders = new RecentSenders(100, nanoTime);
        ConnectionConfig config = config(clock, nanoTime);
        missedMessages = new MissedMessages(log, workerPools, codec, config.maxReplayBytes());
        connectionFactory = new ConnectionFactory(
                config,
                channels,
                new JoinPolicy(channels.privateChats(), accessControl),
                missedMessages,
                new HeartbeatScheduler(Duration.ofSeconds(1), codec, nanoTime, metrics.lateHeartbeats()));
        LoginServices loginServices =
                new LoginServices(accounts, new LoginSessions(database, logins, clock, Duration.ofDays(30)), logins);
        dispatcher = new CommandDispatcher(
                config, codec, commands(loginServices, log, recentSenders, nanoTime), workerPools, metrics);
    }

    private CommandTable commands(
            LoginServices loginServices, MessageLog log, RecentSenders recentSenders, LongSupplier nanoTime) {
        BlockTable blocks = new BlockTable(database);
        MembershipHandler memberships = new MembershipHandler(accounts, new JoinRecovery(missedMessages));
        ModerationHandler moderationHandler = new ModerationHandler(
                accounts,
                moderation,
                new SanctionTargets(accounts, moderation, new ChannelPeopleFinder(channels, recentSenders)));
        return new CommandTable(
                new IdentityHandler(loginServices, accessControl, blocks, memberships, false),
                memberships,
                new MessageHandler(accessControl, recentSenders, nanoTime),
                new HistoryHandler(log, 1 << 20),
                new ChangeHandler(log, accessControl, moderationHandler),
                new ReadHandler(readPositions, log),
                new PrivateChatHandler(accessControl, channels, accounts, logins),
                moderationHandler);
    }

    private ChannelRegistry channels(JsonCodec codec, MessageLog log, Clock clock, LongSupplier nanoTime) {
        return new ChannelRegistry(
                new ChannelConfig(
                        codec,
                        broadcaster,
                        log,
                        1 << 20,
                        new Semaphore(1_000),
                        200,
                        1_000,
                        new MemoryBudget(1 << 24),
                        new ChannelTicker(),
                        new AtomicBoolean(),
                        metrics,
                        clock,
                        nanoTime),
                id -> {});
    }

    private static ConnectionConfig config(Clock clock, LongSupplier nanoTime) {
        return new ConnectionConfig(
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1_000,
                0,
                10,
                1 << 20,
                false,
                false,
                new MemoryBudget(1 << 20),
                clock,
                nanoTime);
    }

    public static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    /** The number of clients in the channel fishing. */
    public int members() {
        return channels.find(FISHING).map(channel -> channel.members().size()).orElse(0);
    }

    /** Connects an authenticated guest. */
    public Connection guest(Line line, String name, String path) {
        Connection guest = connectionFactory.open(line, path).orElseThrow();
        send(guest, "{'type':'identity','user':'" + name + "','ref':'as " + name + "'}");
        await().until(() -> line.has("as " + name));
        time.standStill(Duration.ofSeconds(6));
        guest.heard();
        long now = time.clocks().nanoTime().getAsLong();
        guest.tick(new HeartbeatTick(now, now, HeartbeatFrames.encodedBy(new JsonCodec())));
        return guest;
    }

    public void send(Connection connection, String json) {
        byte[] utf8 = json.replace('\'', '"').getBytes(UTF_8);
        dispatcher.dispatch(connection, utf8, utf8.length);
    }

    @Override
    public void close() {
        workerPools.close();
        broadcaster.close();
        passwordHasher.close();
        database.close();
    }

    /** A transport that records its calls, and fails on request. */
    public static final class Line implements ClientTransport {
        public final List<String> frames = new CopyOnWriteArrayList<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final String address;

        public Line(String address) {
            this.address = address;
        }

        /** Makes the next calls fail, each once. */
        public Line failing(Throwable why) {
            failure.set(why);
            return this;
        }

        private void fail() {
            Throwable why = failure.getAndSet(null);
            if (why instanceof RuntimeException e) {
                throw e;
            } else if (why instanceof Error e) {
                throw e;
            }
        }

        private void keep(ByteBuffer bytes) {
            frames.add(UTF_8.decode(bytes).toString());
        }

        @Override
        public void deliver(ByteBuffer some) {
            fail();
            keep(some);
        }

        @Override
        public void deliver(Frame frame) {
            fail();
            ByteBuffer bytes = ByteBuffer.allocate(frame.length());
            frame.putInto(bytes);
            keep(bytes.flip());
        }

        @Override
        public boolean reserve(int bytes) {
            return true;
        }

        @Override
        public void unreserve(int bytes) {
            // Nothing is counted.
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public Optional<String> ownAddress() {
            fail();
            return Optional.of(address);
        }

        @Override
        public void pause() {
            fail();
        }

        @Override
        public void resume(ByteBuffer some) {
            keep(some);
        }

        public boolean has(String text) {
            return frames.stream().anyMatch(frame -> frame.contains(text));
        }
    }
}
