package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.weir.database.DatabaseUrl;
import chat.weir.net.CidrRange;
import chat.weir.settings.Settings;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import chat.weir.supervision.Watchdog;
import chat.weir.testing.FakeTime;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The watchdog detects every part of the server that is stuck, because one of its threads blocks. */
class StuckPartsTest {
    /** The test triggers the checks itself. A port that does not answer is detected within a fifth of a second. */
    private static final Watchdog.Timing TIMING = new Watchdog.Timing(Duration.ofMillis(400), Duration.ofMinutes(1));

    private static final Duration GRACE = Duration.ofSeconds(6);
    /** An unknown token, which needs a database query. */
    private static final String TOKEN = "x".repeat(43);

    private static final int QUERY_THREADS = 8;
    private static final int HTTP_THREADS = 64;
    private static final int SHARE_OF_AN_ADDRESS = 16;

    @TempDir
    private Path directory;

    private final FakeTime time = new FakeTime();
    private final BlockingClock blocking = new BlockingClock(time.clocks());
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Queue<Integer> exitCodes = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    /** Longer than a test waits for threads that it has released. */
    private Duration patience = TIMING.patience();

    private WeirServer weirServer;
    private RawSocket operator;

    private void start(int cores, Clocks serverTime, String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT", "0",
                "HOST", "127.0.0.1",
                "DATABASE_URL", "none",
                "HEARTBEAT_TIMEOUT", "10m"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        Settings settings = SettingsReader.read(
                SettingsSource.of(List.of(), environment, directory),
                text -> CidrRange.parse(text).isPresent());
        weirServer = new WeirServer(
                settings, serverTime, cores, exitCodes::add, new Watchdog.Timing(TIMING.interval(), patience));
        weirServer.start();
        operator = closing(RawSocket.connect(weirServer.port()));
        // From now on the HTTP server serves the connection, without the selector.
        assertEquals("200", readiness());
        runDueTasksAndCheck();
        assertEquals(List.of(), weirServer.watchdog().stuck());
    }

    private void start(String... namesAndValues) {
        start(2, blocking.clocks(), namesAndValues);
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    @BeforeEach
    void listen() {
        logged.start();
        watchdogLog().addAppender(logged);
    }

    @AfterEach
    void stop() throws Exception {
        watchdogLog().detachAppender(logged);
        blocking.release();
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        weirServer.stop();
    }

    private static ch.qos.logback.classic.Logger watchdogLog() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Watchdog.class);
    }

    /** Runs what is due within an interval, and then the watchdog's check. */
    private void runDueTasksAndCheck() {
        time.advance(TIMING.interval());
        weirServer.watchdog().check();
    }

    private TestClient client(String name) {
        TestClient client = closing(TestClient.open(weirServer.port(), "/fishing?heartbeat=pong"));
        client.expect("connection");
        client.identify(name);
        time.advance(GRACE);
        client.expect("heartbeat");
        return client;
    }

    private void awaitBlocked(int threads) {
        await().until(() -> blocking.blocked() >= threads);
    }

    /** Uses a separate connection that is already open. */
    private String ready() {
        operator.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String header = operator.readHeader();
        return header.substring(9, 12) + " "
                + operator.readText(Integer.parseInt(header.replaceFirst("(?is).*content-length: (\\d+).*", "$1")));
    }

    private String readiness() {
        return ready().substring(0, 3);
    }

    private String scrape() {
        operator.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String header = operator.readHeader();
        return operator.readText(Integer.parseInt(header.replaceFirst("(?is).*content-length: (\\d+).*", "$1")));
    }

    private List<ILoggingEvent> dumps() {
        return logged.list.stream()
                .filter(event -> event.getFormattedMessage().startsWith("threads while stuck"))
                .toList();
    }

    /** Two checks detect it, it is visible to the operator, and further checks do not count it again. */
    private void expectStuck(boolean isHttpStuck, String... parts) {
        runDueTasksAndCheck();
        runDueTasksAndCheck();
        assertEquals(List.of(parts), weirServer.watchdog().stuck());
        if (!isHttpStuck) {
            assertTrue(ready().startsWith("503 "));
            assertTrue(ready().contains("stuck: " + String.join(", ", parts)), ready());
            assertTrue(scrape().contains("weir_watchdog_stalls_total " + parts.length + ".0\n"));
        }
        runDueTasksAndCheck();
        assertEquals(1, dumps().size());
        assertEquals(List.of(), List.copyOf(exitCodes));
    }

    /** The thread dump shows where the thread blocks. */
    private void expectInDump(String thread) {
        assertTrue(
                List.of(dumps().get(0).getThrowableProxy().getSuppressed()).stream()
                        .anyMatch(stack -> stack.getMessage().startsWith("\"" + thread)
                                && List.of(stack.getStackTraceElementProxyArray()).stream()
                                        .anyMatch(frame -> frame.toString().contains("BlockingClock.waitHere"))),
                thread);
    }

    private void expectRecovery() {
        blocking.release();
        await().until(() -> {
            runDueTasksAndCheck();
            return weirServer.watchdog().stuck().isEmpty();
        });
        assertEquals("200", readiness());
        assertEquals(List.of(), List.copyOf(exitCodes));
    }

    @Test
    void detectsABlockedDeliveryWithoutOtherWork() {
        start();
        TestClient alice = client("alice");
        blocking.block("weir-broadcast-");
        alice.say("hello");
        awaitBlocked(1);
        runDueTasksAndCheck();
        runDueTasksAndCheck();
        String part = weirServer.watchdog().stuck().get(0);
        assertTrue(part.startsWith("weir-broadcast-"), part);
        expectStuck(false, part);
        expectInDump(part);
        expectRecovery();
        alice.expect("message");
    }

    @Test
    void givesUpOnceAfterItsTimeout() {
        patience = TIMING.interval().multipliedBy(6);
        start();
        TestClient alice = client("alice");
        blocking.block("weir-broadcast-");
        alice.say("hello");
        awaitBlocked(1);
        for (int i = 0; i < 7; i++) {
            runDueTasksAndCheck();
            assertEquals(List.of(), List.copyOf(exitCodes));
        }
        runDueTasksAndCheck();
        runDueTasksAndCheck();
        assertEquals(List.of(ExitCode.STUCK), List.copyOf(exitCodes));
        assertEquals(
                1,
                logged.list.stream()
                        .filter(event -> event.getFormattedMessage().startsWith("giving up"))
                        .count());
        assertEquals(1, dumps().size());
    }

    @Test
    void detectsAMessageLogBlockedByItsDatabase() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("weir.db");
        start("DATABASE_URL", url);
        TestClient alice = client("alice");
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            alice.say("hello");
            await().until(() -> {
                runDueTasksAndCheck();
                return weirServer.watchdog().stuck().equals(List.of("message log"));
            });
            assertTrue(ready().contains("stuck: message log"));
            statement.execute("ROLLBACK");
        }
        alice.expect("message");
        expectRecovery();
        assertEquals(1, dumps().size());
    }

    @Test
    void detectsAMessageLogBlockedForever() {
        start("DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
        TestClient alice = client("alice");
        blocking.block("weir-log");
        alice.say("hello");
        awaitBlocked(1);
        expectStuck(false, "message log");
        expectInDump("weir-log");
        expectRecovery();
        alice.expect("message");
    }

    @Test
    void detectsQueriesBlockedByTheirDatabase() throws Exception {
        DatabaseUrl database = PostgresServer.freshDatabase();
        start("DATABASE_URL", database.url(), "DATABASE_USER", database.user());
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < QUERY_THREADS; i++) {
            clients.add(closing(TestClient.open(weirServer.port(), "/fishing")));
        }
        try (Connection other = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < QUERY_THREADS; i++) {
                clients.get(i).send("{'type':'identity','user':'user" + i + "'}");
            }
            await().until(() -> {
                runDueTasksAndCheck();
                return weirServer.watchdog().stuck().equals(List.of("queries"));
            });
            assertTrue(ready().contains("stuck: queries"));
            other.rollback();
        }
        expectRecovery();
        assertEquals(1, dumps().size());
    }

    @Test
    void detectsBlockedLogins() {
        start();
        blocking.block("weir-login-");
        for (int i = 0; i < 2; i++) {
            TestClient client = closing(TestClient.open(weirServer.port(), "/fishing"));
            client.send("{'type':'auth','username':'bob','password':'correct horse battery'}");
        }
        awaitBlocked(2);
        expectStuck(false, "logins");
        expectInDump("weir-login-");
        expectRecovery();
    }

    @Test
    void detectsABlockedSelector() {
        start();
        blocking.block("WebSocketSelector");
        closing(RawSocket.connect(weirServer.port()));
        awaitBlocked(1);
        expectStuck(false, "port", "selector");
        expectInDump("WebSocketSelector");
        expectRecovery();
    }

    @Test
    void detectsASelectorBlockedInADelivery() {
        start(1, blocking.clocks());
        TestClient alice = client("alice");
        blocking.block("WebSocketSelector");
        alice.say("hello");
        awaitBlocked(1);
        expectStuck(false, "port", "selector");
        expectRecovery();
        alice.expect("message");
    }

    @Test
    void detectsAnHttpServerWithAllThreadsBlocked() {
        start();
        blocking.block("weir-http");
        for (int i = 0; i < HTTP_THREADS; i++) {
            RawSocket client =
                    closing(RawSocket.connect(weirServer.port(), 0, "127.0.0." + (2 + i / SHARE_OF_AN_ADDRESS)));
            client.send(
                    "GET /api/accounts/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n");
        }
        await().until(() -> {
            runDueTasksAndCheck();
            return weirServer.watchdog().stuck().equals(List.of("port"));
        });
        expectStuck(true, "port");
        expectRecovery();
    }

    /** Real schedulers, with clocks that the test can also advance. */
    private Clocks withRealSchedulers(AtomicLong leapNanos) {
        Clocks real = Clocks.real();
        return new Clocks(
                real.clock(), () -> System.nanoTime() + leapNanos.get(), real.scheduler(), real.maintenance());
    }

    private void expectStuckScheduler(String part, AtomicLong leapNanos, ScheduledExecutorService scheduler) {
        CountDownLatch end = new CountDownLatch(1);
        Future<?> unused = scheduler.submit(() -> {
            end.await();
            return null;
        });
        await().pollInterval(Duration.ofMillis(250)).until(() -> {
            leapNanos.addAndGet(TIMING.interval().toNanos());
            weirServer.watchdog().check();
            return weirServer.watchdog().stuck().equals(List.of(part));
        });
        assertTrue(ready().contains("stuck: " + part), ready());
        assertEquals(1, dumps().size());
        end.countDown();
        await().pollInterval(Duration.ofMillis(250)).until(() -> {
            leapNanos.addAndGet(TIMING.interval().toNanos());
            weirServer.watchdog().check();
            return weirServer.watchdog().stuck().isEmpty();
        });
        assertEquals("200", readiness());
    }

    @Test
    void detectsASchedulerBlockedByATask() {
        AtomicLong leapNanos = new AtomicLong();
        Clocks real = withRealSchedulers(leapNanos);
        start(2, real);
        expectStuckScheduler("heartbeats", leapNanos, real.scheduler());
    }

    @Test
    void detectsBlockedMaintenance() {
        AtomicLong leapNanos = new AtomicLong();
        Clocks real = withRealSchedulers(leapNanos);
        start(2, real);
        expectStuckScheduler("maintenance", leapNanos, real.maintenance());
    }
}
