package chat.weir.http;

import chat.weir.account.Accounts;
import chat.weir.account.HashCost;
import chat.weir.account.OpenLogins;
import chat.weir.account.Passwords;
import chat.weir.account.Sessions;
import chat.weir.database.Database;
import chat.weir.database.DatabaseAddress;
import chat.weir.history.MemoryMessageLog;
import chat.weir.history.MessageLog;
import chat.weir.moderation.Audit;
import chat.weir.moderation.Moderation;
import chat.weir.origin.AddressRange;
import chat.weir.origin.Origins;
import chat.weir.origin.TrustedProxies;
import chat.weir.testing.FakeTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The API on a free port, with a real database in memory, and a proxy in front that is believed: the test itself. */
final class TestApi implements AutoCloseable {
    static final String KEY = "key-of-the-backend-1";
    static final String PASSWORD = "correct horse battery";
    static final int MAX_TEXT_LENGTH = 20;
    static final int SOCKET_PORT = 7777;
    private static final long MAX_BYTES = 1 << 20;

    private final FakeTime time = new FakeTime();
    private final Database database = Database.open(DatabaseAddress.NONE);
    private final Passwords passwords = new Passwords(new HashCost(8, 1, 1));
    private final OpenLogins logins = new OpenLogins();
    private final MessageLog log = new MemoryMessageLog(Clock.systemUTC(), MAX_BYTES);
    private final LoggedChannels channels = new LoggedChannels(log);
    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final HttpApi api;

    private final Accounts accounts;
    private final Moderation moderation;

    /** Bound, and not started. */
    private TestApi(HttpRules rules, Patience patience) {
        accounts = new Accounts(
                database, passwords, logins, time.time().clock(), time.time().nanoTime());
        Sessions sessions = new Sessions(database, logins, time.time().clock(), Duration.ofDays(30));
        moderation = new Moderation(database, time.time().clock(), time.time().nanoTime(), line -> {});
        Served served = new Served(
                accounts, sessions, logins, log, channels, channels, moderation, new Audit(database), problem::get);
        try {
            api = new HttpApi(rules, served, patience, System::nanoTime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestApi started() {
        api.start();
        return this;
    }

    static TestApi bound() {
        return new TestApi(rules(false, List.of()), Patience.USUAL);
    }

    static TestApi start() {
        return new TestApi(rules(false, List.of()), Patience.USUAL).started();
    }

    static TestApi requiringAccounts() {
        return new TestApi(rules(true, List.of()), Patience.USUAL).started();
    }

    static TestApi allowing(String... origins) {
        return new TestApi(rules(false, List.of(origins)), Patience.USUAL).started();
    }

    /** Below a path of a site, and with a place for the socket if that is not empty. */
    static TestApi at(String basePath, String socketUrl) {
        return new TestApi(rules(basePath, socketUrl, false, List.of()), Patience.USUAL).started();
    }

    static TestApi with(Patience patience) {
        return new TestApi(rules(false, List.of()), patience).started();
    }

    private static HttpRules rules(boolean requireAccount, List<String> origins) {
        return rules("", "", requireAccount, origins);
    }

    private static HttpRules rules(String basePath, String socketUrl, boolean requireAccount, List<String> origins) {
        return new HttpRules(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                basePath,
                socketUrl,
                SOCKET_PORT,
                1_024,
                List.of("another-key-of-a-backend", KEY),
                requireAccount,
                MAX_TEXT_LENGTH,
                new Origins(origins),
                new TrustedProxies(List.of(AddressRange.parse("127.0.0.1").orElseThrow())));
    }

    Call call(String method, String path) {
        return new Call(port(), method, path);
    }

    Call get(String path) {
        return call("GET", path);
    }

    /** A new account's token. */
    String registered(String name) {
        String credentials = credentials(name, PASSWORD);
        call("POST", "/api/accounts").json(credentials).send().expect(201);
        return call("POST", "/api/sessions")
                .json(credentials)
                .send()
                .expect(201)
                .get("token");
    }

    /** The token of an admin, whose account is made if it is missing. */
    String admin(String name) {
        accounts.ensureAdmin(name, PASSWORD);
        return call("POST", "/api/sessions")
                .json(credentials(name, PASSWORD))
                .send()
                .expect(201)
                .get("token");
    }

    /** A new account's token; it moderates a channel. */
    String moderator(String name, String channel, String admin) {
        String token = registered(name);
        call("PUT", "/api/channels/" + channel + "/roles/" + name)
                .bearer(admin)
                .json("{\"role\":\"moderator\"}")
                .send()
                .expect(204);
        return token;
    }

    static String credentials(String name, String password) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }

    /** Says something, and returns its id. */
    long said(String channel, String text) {
        return call("POST", "/api/channels/" + channel + "/messages")
                .bearer(KEY)
                .json("{\"text\":\"" + text + "\",\"user\":\"bob\"}")
                .send()
                .expect(201)
                .json()
                .get("id")
                .asLong();
    }

    int port() {
        return api.port();
    }

    HttpApi api() {
        return api;
    }

    Moderation moderation() {
        return moderation;
    }

    FakeTime time() {
        return time;
    }

    Accounts accounts() {
        return accounts;
    }

    OpenLogins logins() {
        return logins;
    }

    LoggedChannels channels() {
        return channels;
    }

    void ready(boolean isReady) {
        problem.set(isReady ? Optional.empty() : Optional.of("the disk is full"));
    }

    /** From now on the database fails. */
    void closeDatabase() {
        database.close();
    }

    @Override
    public void close() {
        try {
            api.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        passwords.close();
        database.close();
    }
}
