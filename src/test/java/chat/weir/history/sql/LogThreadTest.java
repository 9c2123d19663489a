package chat.weir.history.sql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.MessageLog;
import chat.weir.history.StoredMessage;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures within the log thread, and their effect on messages. */
class LogThreadTest {
    private static final ChannelId FISHING = new ChannelId("fishing");

    @TempDir
    private Path directory;

    private final DraftOutcomes said = new DraftOutcomes();
    private final AtomicReference<Throwable> failureOfNanoTime = new AtomicReference<>();
    private final AtomicReference<Throwable> failureOfClock = new AtomicReference<>();
    private Database database;
    private MessageLog log;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", ""));
        Clock clock = new FailingClock(Clock.systemUTC(), failureOfClock);
        log = new SqlMessageLog(
                database,
                clock,
                this::nanos,
                new LogLimits(100, 1 << 20, 10_000),
                new DraftCallbacks(Runnable::run, new Metrics()));
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private long nanos() {
        // Fail in the log thread only.
        if (Thread.currentThread().getName().equals("weir-log")) {
            raise(failureOfNanoTime.getAndSet(null));
        }
        return System.nanoTime();
    }

    private static void raise(Throwable throwable) {
        if (throwable instanceof Error error) {
            throw error;
        }
        if (throwable instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static Throwable throwable(String name) {
        return switch (name) {
            case "memory" -> new OutOfMemoryError("by a test");
            case "stack" -> new StackOverflowError("by a test");
            case "linkage" -> new NoClassDefFoundError("by a test");
            default -> new IllegalStateException("by a test");
        };
    }

    private void append(String text, int outcomes) {
        log.append(said.draft(FISHING, text));
        said.await(outcomes);
    }

    private void assertOnlyTheSecondIsStored() {
        assertEquals(1, said.failed().size());
        assertTrue(said.failed().get(0).failure().contains("was not delivered: try again"));
        assertEquals(
                List.of("second"),
                log.after(FISHING, 0, 10).messages().stream()
                        .map(StoredMessage::text)
                        .toList());
        assertEquals(Optional.empty(), log.problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "stack", "linkage", "exception"})
    void continuesAfterAFailureOutsideATransaction(String name) {
        failureOfNanoTime.set(throwable(name));
        append("first", 1);
        append("second", 2);
        assertOnlyTheSecondIsStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "stack", "linkage", "exception"})
    void continuesAfterAFailureWithinATransaction(String name) {
        failureOfClock.set(throwable(name));
        append("first", 1);
        append("second", 2);
        assertOnlyTheSecondIsStored();
    }

    @Test
    void refusesMessagesWhileTheFileIsMissing() throws Exception {
        append("before", 1);
        Path elsewhere = Files.move(directory.resolve("weir.db"), directory.resolve("elsewhere"));
        for (int i = 0; i < 20; i++) {
            log.append(said.draft(FISHING, "lost " + i));
        }
        await().until(() -> said.all().size() == 21);
        assertEquals(1, said.stored().size());
        assertTrue(log.problem().orElseThrow().contains("the database file is missing"));
        Files.move(elsewhere, directory.resolve("weir.db"));
        await().until(() -> log.problem().isEmpty());
        append("after", 22);
        assertEquals(said.storedIn(FISHING), log.after(FISHING, 0, 100).messages());
        assertEquals(2, said.stored().size());
    }

    @Test
    void detectsThatThereIsSpaceAgain() {
        append("before", 1);
        database.reserved().useHandle(handle -> handle.execute("PRAGMA max_page_count = 1"));
        append("x".repeat(500_000), 2);
        assertEquals(Optional.of("the disk is full"), log.problem());
        database.reserved().useHandle(handle -> handle.execute("PRAGMA max_page_count = 1000000"));
        await().until(() -> log.problem().isEmpty());
    }
}
