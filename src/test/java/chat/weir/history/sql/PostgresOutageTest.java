package chat.weir.history.sql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.LogEvent;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageLog;
import chat.weir.history.StoredMessage;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.testing.CommitRelay;
import chat.weir.testing.FakeTime;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database outage while messages are being stored. */
class PostgresOutageTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final DraftOutcomes outcomes = new DraftOutcomes();
    private final FakeTime time = new FakeTime();

    private MessageLog open(Database database) {
        return new SqlMessageLog(
                database,
                time.clocks().clock(),
                time.clocks().nanoTime(),
                new LogLimits(100, 1 << 20, 10_000),
                new DraftCallbacks(Runnable::run, new Metrics()));
    }

    @Test
    void losesNoStoredMessageInAnOutageAndReconnects() throws Exception {
        try (PostgresServer server = PostgresServer.startIn(directory);
                Database database = Database.open(server.newDatabase());
                MessageLog log = open(database)) {
            AtomicBoolean enough = new AtomicBoolean();
            Thread talker = new Thread(() -> sendUntilDone(log, enough));
            talker.start();
            await().atMost(LONG).until(() -> outcomes.stored().size() > 100);
            server.stop();
            int failedBefore = outcomes.failed().size();
            await().atMost(LONG).until(() -> outcomes.failed().size() > failedBefore);
            server.start();
            int storedBefore = outcomes.stored().size();
            await().atMost(LONG).until(() -> outcomes.stored().size() > storedBefore + 100);
            enough.set(true);
            talker.join();
            // The queue may still be full.
            await().ignoreException(ChatException.class).until(() -> {
                log.append(outcomes.draft(FISHING, "the last"));
                return true;
            });
            await().atMost(LONG)
                    .until(() ->
                            outcomes.stored().stream().anyMatch(o -> o.text().equals("the last")));
            assertEquals(
                    outcomes.storedIn(FISHING), log.after(FISHING, 0, 1_000_000).messages());
        }
    }

    private void sendUntilDone(MessageLog log, AtomicBoolean enough) {
        for (int i = 0; !enough.get(); i++) {
            try {
                log.append(outcomes.draft(FISHING, "message " + i));
            } catch (ChatException full) {
                assertTrue(full.text().contains("try again"));
            }
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void publishesACommittedMessageWhoseConfirmationWasLost() {
        DatabaseUrl server = PostgresServer.freshDatabase();
        try (CommitRelay relay = new CommitRelay(server);
                Database database = Database.open(relay.address());
                MessageLog log = open(database)) {
            relay.breakAtCommit();
            log.append(outcomes.draft(FISHING, "one"));
            await().until(relay::isBroken);
            relay.repair();
            outcomes.await(1);
            log.append(outcomes.draft(FISHING, "two"));
            outcomes.await(2);
            assertEquals(2, outcomes.stored().size());
            await().ignoreExceptions()
                    .until(() -> log.after(FISHING, 0, 10).messages().equals(outcomes.storedIn(FISHING)));
        }
    }

    @Test
    void removesACommittedMessageThatWasReportedAsFailed() {
        DatabaseUrl server = PostgresServer.freshDatabase();
        try (CommitRelay relay = new CommitRelay(server);
                Database database = Database.open(relay.address());
                Database direct = Database.open(server);
                MessageLog log = open(database)) {
            relay.breakAtCommit();
            log.append(outcomes.draft(FISHING, "one"));
            await().atMost(LONG).until(() -> outcomes.all().size() == 1);
            assertTrue(outcomes.failed().get(0).failure().contains("it is unknown whether"));
            long doubtful = direct.call(handle -> handle.createQuery("SELECT id FROM message")
                    .mapTo(Long.class)
                    .one());
            relay.repair();
            await().atMost(LONG)
                    .until(() -> direct.call(handle -> handle.createQuery("SELECT count(*) FROM message")
                                    .mapTo(Integer.class)
                                    .one()
                            == 0));
            time.stepClock(Duration.ofHours(-1));
            log.append(outcomes.draft(FISHING, "one"));
            outcomes.await(2);
            StoredMessage again = outcomes.storedIn(FISHING).get(0);
            assertTrue(again.id() > doubtful);
            await().ignoreExceptions()
                    .until(() -> log.after(FISHING, 0, 10).messages().equals(List.of(again)));
        }
    }

    private static int count(Database database) {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM message")
                .mapTo(Integer.class)
                .one());
    }

    private MessageDraft withRef() {
        return outcomes.draft(FISHING, DraftOutcomes.BOB, "one", 7, "1");
    }

    @Test
    void storesAMessageInDoubtOnceIfItIsSentAgain() {
        DatabaseUrl server = PostgresServer.freshDatabase();
        try (CommitRelay relay = new CommitRelay(server);
                Database database = Database.open(relay.address());
                Database direct = Database.open(server);
                MessageLog log = open(database)) {
            relay.breakAtCommit();
            log.append(withRef());
            await().atMost(LONG).until(() -> outcomes.failed().size() == 1);
            assertEquals(1, count(direct), "it was stored");
            relay.repair();
            await().atMost(LONG).ignoreException(ChatException.class).until(() -> {
                log.append(withRef());
                int appended = outcomes.all().size();
                await().atMost(LONG).until(() -> outcomes.all().size() > appended);
                return outcomes.stored().size() == 1;
            });
            assertEquals(1, count(direct));
        }
    }

    @Test
    void recognisesAMessageThatWasInDoubtWhenTheProcessEnded() {
        DatabaseUrl server = PostgresServer.freshDatabase();
        try (CommitRelay relay = new CommitRelay(server);
                Database direct = Database.open(server)) {
            try (Database database = Database.open(relay.address());
                    MessageLog log = open(database)) {
                relay.breakAtCommit();
                log.append(withRef());
                await().atMost(LONG).until(() -> outcomes.failed().size() == 1);
            }
            try (MessageLog next = open(direct)) {
                next.append(withRef());
                assertEquals(
                        DraftOutcomes.STORED_BEFORE, outcomes.await(2).get(1).failure());
                assertEquals(1, count(direct));
            }
        }
    }

    /** A change is not undone: it is delivered once it is known to be stored. */
    @Test
    void publishesACommittedChangeThatWasReportedAsFailed() {
        DatabaseUrl server = PostgresServer.freshDatabase();
        try (CommitRelay relay = new CommitRelay(server);
                Database direct = Database.open(server);
                MessageLog other = open(direct);
                Database database = Database.open(relay.address());
                MessageLog log = open(database)) {
            // Not through the relay, which recognises only the first commit of a connection.
            other.append(outcomes.draft(FISHING, "one"));
            long id = outcomes.await(1).get(0).id();
            relay.breakAtCommit();
            log.append(outcomes.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(id, "new")));
            await().atMost(LONG).until(() -> outcomes.changes().size() == 1);
            assertEquals("unavailable", outcomes.changes().get(0).result());
            relay.repair();
            await().atMost(LONG).until(() -> outcomes.changes().size() == 2);
            assertEquals("late", outcomes.changes().get(1).result());
            log.append(outcomes.draft(FISHING, "two"));
            outcomes.await(2);
            List<Long> order = List.of(
                    id,
                    outcomes.changes().get(1).seq(),
                    outcomes.stored().get(1).id());
            assertEquals(order.stream().sorted().toList(), order);
            await().ignoreExceptions()
                    .until(() -> log.since(FISHING, 0, 10).orElseThrow().stream()
                            .map(LogEvent::seq)
                            .toList()
                            .equals(order));
            assertEquals("new", log.find(FISHING, id).orElseThrow().text());
        }
    }
}
