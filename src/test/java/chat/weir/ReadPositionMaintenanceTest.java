package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.weir.account.LoginRegistry;
import chat.weir.account.ReadPosition;
import chat.weir.account.ReadPositions;
import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.testing.FakeTime;
import chat.weir.worker.WorkerPools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ReadPositionMaintenanceTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final LoginRegistry.Socket SOCKET = reason -> {};
    private static final long ALICE = 7;

    @TempDir
    private Path directory;

    private final FakeTime time = new FakeTime();
    private final Metrics metrics = new Metrics();
    private final WorkerPools workerPools = new WorkerPools();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ReadPositionMaintenance.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Database database;
    private ReadPositions readPositions;

    @BeforeEach
    void start() {
        database = Database.open(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
        execute("INSERT INTO account VALUES (7, 'alice', 'alice', 'no hash', 1, 'member', 0)");
        readPositions = positions();
        new ReadPositionMaintenance(readPositions, workerPools)
                .start(time.clocks().maintenance());
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        workerPools.close();
        database.close();
        metrics.close();
    }

    private ReadPositions positions() {
        return new ReadPositions(database, 100, (position, reader) -> {}, metrics);
    }

    private void execute(String sql) {
        int unused = database.call(handle -> handle.execute(sql));
    }

    private void read(long id) {
        readPositions.advance(
                new ReadPosition(ALICE, FISHING, id),
                new ReadPositions.Reader(UserName.parse("alice").orElseThrow(), SOCKET));
    }

    /** The positions that another process finds after a crash of this one. */
    private Map<ChannelId, Long> afterACrash() {
        return positions().list(ALICE, "", 10);
    }

    @Test
    void losesAtMostTheLastSecondInACrash() {
        for (int second = 1; second <= 5; second++) {
            for (int i = 0; i < 100; i++) {
                read(second * 1_000 + i);
            }
            time.advance(Duration.ofSeconds(1));
            await().until(() -> readPositions.waiting() == 0);
            assertEquals(Map.of(FISHING, second * 1_000L + 99), afterACrash());
            assertEquals(second, metrics.readPositionCommits().value());
        }
        read(9_000);
        time.advance(Duration.ofMillis(999));
        assertEquals(Map.of(FISHING, 5_099L), afterACrash());
    }

    @Test
    void writesNothingIfNothingWasRead() {
        time.advance(Duration.ofMinutes(1));
        read(1);
        time.advance(Duration.ofSeconds(1));
        await().until(() -> readPositions.waiting() == 0);
        assertEquals(1, metrics.readPositionCommits().value());
    }

    @Test
    void logsAnOutageOnceAndWritesAfterIt() {
        execute("ALTER TABLE read_position RENAME TO away");
        read(1);
        await().pollDelay(Duration.ofMillis(50)).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return count(Level.DEBUG) >= 2;
        });
        read(2);
        execute("ALTER TABLE away RENAME TO read_position");
        await().pollDelay(Duration.ofMillis(50)).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return count(Level.INFO) == 1;
        });
        assertEquals(Map.of(FISHING, 2L), afterACrash());
        assertEquals(1, count(Level.WARN));
    }

    private long count(Level level) {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .count();
    }
}
