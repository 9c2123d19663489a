package chat.weir.http;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.HashCost;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.account.PasswordHasher;
import chat.weir.account.ReadPositions;
import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.history.Author;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.http.api.ApiRoutes;
import chat.weir.http.api.ApiServices;
import chat.weir.http.routing.Route;
import chat.weir.http.web.WebRoutes;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.AuditLog;
import chat.weir.moderation.Moderation;
import chat.weir.net.CidrRange;
import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import chat.weir.websocket.HandedOverSocket;
import chat.weir.websocket.TestListener;
import chat.weir.websocket.WebSocketUpgrades;
import chat.weir.worker.MemoryBudget;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The API on a free port, with a real in-memory database. The test acts as a trusted proxy. */
public final class TestApi implements AutoCloseable {
    public static final String KEY = "key-of-the-backend-1";
    public static final String PASSWORD = "correct horse battery";
    public static final int MAX_TEXT_LENGTH = 20;
    /** The budget for incomplete request bodies. */
    public static final int MAX_INCOMING_BYTES = 256 << 10;

    private static final long MAX_BYTES = 8 << 20;

    private static final WebSocketUpgrades NO_WEBSOCKETS = new WebSocketUpgrades() {
        @Override
        public Map<String, String> accept(HandedOverSocket socket, String header) {
            throw new AssertionError("no test asks for a WebSocket here");
        }

        @Override
        public void takeBack(HandedOverSocket socket, String header, ByteBuffer frames) {
            throw new AssertionError("no test asks for a WebSocket here");
        }
    };

    private final FakeTime time = new FakeTime();
    private final Database database = Database.open(DatabaseUrl.NONE);
    private final PasswordHasher passwordHasher = new PasswordHasher(new HashCost(8, 1, 1));
    private final LoginRegistry<LoginRegistry.Socket> logins = new LoginRegistry<>();
    private final MessageLog log = new InMemoryMessageLog(Clock.systemUTC(), MAX_BYTES);
    private final LogOnlyChannels channels = new LogOnlyChannels(log);
    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final Metrics metrics = new Metrics();
    private final MemoryBudget incoming = new MemoryBudget(MAX_INCOMING_BYTES);
    private final HttpServer api;
    private final TestListener listener;

    private final Accounts accounts;
    private final BlockTable blocks = new BlockTable(database);
    private final ReadPositions readPositions = new ReadPositions(database, 1_000, (position, reader) -> {}, metrics);
    private final Moderation moderation;

    private TestApi(HttpConfig config) {
        accounts = new Accounts(
                database,
                passwordHasher,
                logins,
                time.clocks().clock(),
                time.clocks().nanoTime());
        LoginSessions sessions =
                new LoginSessions(database, logins, time.clocks().clock(), Duration.ofDays(30));
        moderation =
                new Moderation(database, time.clocks().clock(), time.clocks().nanoTime(), entry -> {});
        ApiServices services = new ApiServices(
                accounts,
                sessions,
                logins,
                blocks,
                readPositions,
                log,
                channels,
                channels,
                moderation,
                new AuditLog(database));
        List<Route> routes = new ArrayList<>(ApiRoutes.of(services, MAX_TEXT_LENGTH));
        routes.addAll(WebRoutes.of(config.requireAccount(), MAX_TEXT_LENGTH, problem::get, metrics));
        api = new HttpServer(config, routes, sessions, incoming, metrics);
        api.start(NO_WEBSOCKETS);
        listener = new TestListener(api::take);
    }

    public static TestApi start() {
        return with(HttpTimeouts.DEFAULT);
    }

    public static TestApi requiringAccounts() {
        return new TestApi(rules("", true, List.of(), HttpTimeouts.DEFAULT));
    }

    public static TestApi allowing(String... origins) {
        return new TestApi(rules("", false, List.of(origins), HttpTimeouts.DEFAULT));
    }

    /** Starts the API with a base path. */
    public static TestApi at(String basePath) {
        return new TestApi(rules(basePath, false, List.of(), HttpTimeouts.DEFAULT));
    }

    public static TestApi with(HttpTimeouts timeouts) {
        return new TestApi(rules("", false, List.of(), timeouts));
    }

    private static HttpConfig rules(
            String basePath, boolean requireAccount, List<String> origins, HttpTimeouts timeouts) {
        return new HttpConfig(
                basePath,
                List.of("another-key-of-a-backend", KEY),
                requireAccount,
                MAX_TEXT_LENGTH,
                new OriginPolicy(origins),
                new TrustedProxies(List.of(CidrRange.parse("127.0.0.1").orElseThrow())),
                timeouts);
    }

    public Call call(String method, String path) {
        return new Call(port(), method, path);
    }

    public Call get(String path) {
        return call("GET", path);
    }

    /** Registers an account and returns its token. */
    public String registered(String name) {
        String credentials = credentials(name, PASSWORD);
        call("POST", "/api/accounts").json(credentials).send().expect(201);
        return call("POST", "/api/sessions")
                .json(credentials)
                .send()
                .expect(201)
                .get("token");
    }

    /** Returns the token of an admin account, which is created if it is missing. */
    public String admin(String name) {
        accounts.ensureAdmin(name, PASSWORD);
        return call("POST", "/api/sessions")
                .json(credentials(name, PASSWORD))
                .send()
                .expect(201)
                .get("token");
    }

    /** Registers a moderator of a channel and returns its token. */
    public String moderator(String name, String channel, String admin) {
        String token = registered(name);
        call("PUT", "/api/channels/" + channel + "/roles/" + name)
                .bearer(admin)
                .json("{\"role\":\"moderator\"}")
                .send()
                .expect(204);
        return token;
    }

    public static String credentials(String name, String password) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }

    /** Publishes a message of an account and returns its id. */
    public long publishAs(String account, String channel, String text) {
        Account found = accounts.find(UserName.parse(account).orElseThrow()).orElseThrow();
        return channels.publish(new ChannelId(channel), new Author(found.name(), found.id()), text);
    }

    /** Publishes a message of a backend and returns its id. */
    public long publish(String channel, String text) {
        return call("POST", "/api/channels/" + channel + "/messages")
                .bearer(KEY)
                .json("{\"text\":\"" + text + "\",\"user\":\"bob\"}")
                .send()
                .expect(201)
                .json()
                .get("id")
                .asLong();
    }

    public int port() {
        return listener.port();
    }

    public TestListener listener() {
        return listener;
    }

    public HttpServer api() {
        return api;
    }

    public MemoryBudget incoming() {
        return incoming;
    }

    public Metrics metrics() {
        return metrics;
    }

    public Moderation moderation() {
        return moderation;
    }

    public FakeTime time() {
        return time;
    }

    public Accounts accounts() {
        return accounts;
    }

    public BlockTable blocks() {
        return blocks;
    }

    public ReadPositions readPositions() {
        return readPositions;
    }

    public MessageLog log() {
        return log;
    }

    public LoginRegistry<LoginRegistry.Socket> logins() {
        return logins;
    }

    public LogOnlyChannels channels() {
        return channels;
    }

    public void ready(boolean isReady) {
        problem.set(isReady ? Optional.empty() : Optional.of("the disk is full"));
    }

    /** Makes the database fail. */
    public void closeDatabase() {
        database.close();
    }

    @Override
    public void close() {
        listener.close();
        api.stop();
        metrics.close();
        log.close();
        passwordHasher.close();
        database.close();
    }
}
