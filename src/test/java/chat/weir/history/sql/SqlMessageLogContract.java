package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageLog;
import chat.weir.history.MessageRetentionContract;
import chat.weir.history.StoredMessage;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of the log with every database. */
abstract class SqlMessageLogContract extends MessageRetentionContract {
    private static final LogLimits LIMITS = new LogLimits(10_000, 16 << 20, 10_000);

    final AtomicInteger deliveries = new AtomicInteger();
    /** If not null, the log thread waits for it before it reports outcomes. */
    private volatile CountDownLatch held;

    /** The database of this test class. */
    abstract Database database();

    abstract DatabaseUrl address();

    /** SQL that makes every INSERT of a message fail. */
    abstract List<String> failureStatements();

    /** SQL that undoes {@link #failureStatements}. */
    abstract List<String> repairStatements();

    @BeforeEach
    @AfterEach
    void empty() {
        database().call(handle -> handle.execute("DELETE FROM message"));
        database().call(handle -> handle.execute("DELETE FROM channel"));
        database().call(handle -> handle.execute("DELETE FROM message_change"));
        database().call(handle -> handle.execute("DELETE FROM reaction"));
    }

    @Override
    public MessageLog open() {
        return open(LIMITS);
    }

    public MessageLog open(LogLimits limits) {
        return open(database(), limits);
    }

    MessageLog open(Database database) {
        return open(database, LIMITS);
    }

    private MessageLog open(Database database, LogLimits limits) {
        return new SqlMessageLog(
                database,
                time.clocks().clock(),
                time.clocks().nanoTime(),
                limits,
                new DraftCallbacks(this::deliver, new Metrics()));
    }

    private void deliver(Runnable outcomes) {
        deliveries.incrementAndGet();
        outcomes.run();
        CountDownLatch latch = held;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Blocks the log thread after it has stored one message. */
    CountDownLatch blockLogThread(MessageLog log) {
        CountDownLatch latch = new CountDownLatch(1);
        held = latch;
        int before = said.all().size();
        log.append(said.draft(FISHING, "holds it up"));
        said.await(before + 1);
        return latch;
    }

    void release(CountDownLatch latch) {
        held = null;
        latch.countDown();
    }

    void execute(List<String> statements) {
        statements.forEach(sql -> database().call(handle -> handle.execute(sql)));
    }

    @Test
    void assignsIncreasingIdsAfterReopeningIfTheClockWasSetBack() {
        append(FISHING, 3);
        log().close();
        time.stepClock(Duration.ofDays(-1));
        try (MessageLog again = open()) {
            again.append(said.draft(FISHING, "again"));
            said.await(4);
            assertIncreasingIds(said.storedIn(FISHING));
            assertEquals(said.storedIn(FISHING), again.after(FISHING, 0, 10).messages());
        }
    }

    @Test
    void storesTheWholeQueueInOneTransaction() {
        CountDownLatch latch = blockLogThread(log());
        for (int i = 0; i < 2_000; i++) {
            log().append(said.draft(i % 3 == 0 ? BOATS : FISHING, "message " + i));
        }
        release(latch);
        said.await(2_001);
        assertEquals(3, deliveries.get());
        assertEquals(said.storedIn(BOATS), all(BOATS));
        assertEquals(said.storedIn(FISHING), all(FISHING));
    }

    List<StoredMessage> all(ChannelId channel) {
        return log().after(channel, 0, 100_000).messages();
    }

    @Test
    void storesMessagesOfManyChannelsInOneTransaction() {
        CountDownLatch latch = blockLogThread(log());
        List<ChannelId> channels = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            channels.add(new ChannelId("channel" + i));
            log().append(said.draft(channels.get(i), "message"));
        }
        release(latch);
        said.await(101);
        assertEquals(2, deliveries.get());
        channels.forEach(channel -> assertEquals(said.storedIn(channel), all(channel)));
    }

    @Test
    void countsAtMostAHundredUnreadMessagesOfTheNextThousand() {
        Author alice = new Author(DraftOutcomes.BOB.name(), 7);
        append(FISHING, 99);
        assertEquals(99, log().unread(FISHING, 0, author -> true).count());
        append(FISHING, 2);
        assertEquals(100, log().unread(FISHING, 0, author -> true).count());
        long read = log().lastId(FISHING);
        for (int i = 0; i < 999; i++) {
            log().append(said.draft(FISHING, alice, "her own"));
        }
        append(FISHING, 2);
        assertEquals(
                1, log().unread(FISHING, read, author -> author.account() != 7).count());
    }

    @Test
    void refusesMessagesWhileTheQueueIsFull() {
        try (MessageLog small = open(new LogLimits(3, 1 << 20, 10_000))) {
            CountDownLatch latch = blockLogThread(small);
            for (int i = 0; i < 3; i++) {
                small.append(said.draft(FISHING, "fits"));
            }
            ChatException refused =
                    assertThrows(ChatException.class, () -> small.append(said.draft(FISHING, "one more")));
            assertEquals(ErrorCode.UNAVAILABLE, refused.code());
            release(latch);
            said.await(4);
            small.append(said.draft(FISHING, "fits again"));
            said.await(5);
            assertEquals(5, said.stored().size());
        }
    }

    @Test
    void refusesMessagesOverTheByteLimitOfTheQueue() {
        try (MessageLog small = open(new LogLimits(1_000, 10_000, 10_000))) {
            CountDownLatch latch = blockLogThread(small);
            small.append(said.draft(FISHING, "x".repeat(4_000)));
            assertThrows(ChatException.class, () -> small.append(said.draft(FISHING, "x".repeat(4_000))));
            small.append(said.draft(FISHING, "short"));
            release(latch);
            said.await(3);
            small.append(said.draft(FISHING, "x".repeat(4_000)));
            said.await(4);
        }
    }

    @Test
    void failsMessagesThatWaitTooLong() {
        CountDownLatch latch = blockLogThread(log());
        log().append(said.draft(FISHING, "old"));
        time.advance(Duration.ofSeconds(6));
        log().append(said.draft(FISHING, "new"));
        release(latch);
        said.await(3);
        assertEquals(
                List.of("old"),
                said.failed().stream().map(DraftOutcomes.Outcome::text).toList());
        assertEquals(2, all(FISHING).size());
    }

    @Test
    void continuesAfterABatchThatCannotBeStored() {
        List<StoredMessage> before = append(FISHING, 2);
        execute(failureStatements());
        log().append(said.draft(FISHING, "lost"));
        log().append(said.draft(BOATS, "lost too"));
        said.await(4);
        assertEquals(2, said.failed().size());
        assertTrue(said.failed().get(0).failure().contains("was not delivered: try again"));
        execute(repairStatements());
        log().append(said.draft(FISHING, "kept"));
        log().append(said.draft(BOATS, "kept"));
        said.await(6);
        assertEquals(4, said.stored().size());
        assertEquals(before, all(FISHING).subList(0, 2));
        assertEquals(said.storedIn(FISHING), all(FISHING));
        assertEquals(said.storedIn(BOATS), all(BOATS));
    }

    @Test
    void survivesADraftThatThrows() {
        CountDownLatch latch = blockLogThread(log());
        log().append(said.draft(FISHING, "before"));
        log().append(new ThrowingDraft(FISHING));
        log().append(said.draft(FISHING, "after"));
        release(latch);
        said.await(3);
        append(FISHING, 1);
        assertEquals(5, all(FISHING).size());
    }

    private record ThrowingDraft(ChannelId channel) implements MessageDraft {
        @Override
        public Author author() {
            return DraftOutcomes.BOB;
        }

        @Override
        public String text() {
            return "throws";
        }

        @Override
        public void stored(long id, long timestamp) {
            throw new IllegalStateException("thrown by a test");
        }

        @Override
        public void failed(ChatException why) {
            throw new IllegalStateException("thrown by a test", why);
        }
    }

    @Test
    void refusesTextThatPostgresqlCannotStore() {
        ChatException refused = assertThrows(ChatException.class, () -> log().append(said.draft(FISHING, "a\0b")));
        assertEquals(ErrorCode.MALFORMED, refused.code());
    }

    @Test
    void holdsNoLockWhileIdle() {
        append(FISHING, 1);
        int deleted = database().call(handle -> handle.execute("DELETE FROM message"));
        assertEquals(1, deleted, "it would fail after five seconds if the log held a lock");
    }

    @Test
    void assignsUniqueIdsOnTwoNodes() {
        try (Database database = Database.open(address());
                MessageLog other = open(database, LIMITS)) {
            for (int i = 0; i < 300; i++) {
                for (ChannelId channel : List.of(BOATS, FISHING, new ChannelId("c" + i))) {
                    log().append(said.draft(channel, "here"));
                    other.append(said.draft(channel, "there"));
                }
            }
            said.await(1_800);
        }
        assertEquals(0, said.failed().size());
        assertEquals(600, all(FISHING).size());
        assertEquals(600, all(BOATS).size());
        assertIncreasingIds(all(FISHING));
    }

    final long count(String table) {
        return database()
                .call(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void keepsNoTextAndNoReactionOfADeletedMessage() {
        long id = append(FISHING, 1).get(0).id();
        change(new MessageChange.React(id, "A"));
        change(new MessageChange.Edit(id, "new"));
        change(new MessageChange.Delete(id));
        assertEquals(0, count("message"));
        assertEquals(0, count("reaction"));
        assertEquals(3, count("message_change"));
    }

    @Test
    void storesMessagesAndChangesInOneTransaction() {
        long id = append(FISHING, 1).get(0).id();
        CountDownLatch latch = blockLogThread(log());
        int before = deliveries.get();
        log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(id, "new")));
        log().append(said.draft(FISHING, "between"));
        log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.React(id, "A")));
        log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.React(id, "A")));
        log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.React(1, "A")));
        release(latch);
        said.awaitChange(4);
        assertEquals(
                List.of("stored", "stored", "unchanged", "no_such_message"),
                said.changes().stream().map(DraftOutcomes.ChangeOutcome::result).toList());
        assertEquals(before + 3, deliveries.get(), "one for each kind of outcome");
        List<Long> seqs = List.of(
                said.changes().get(0).seq(),
                said.storedIn(FISHING).get(2).id(),
                said.changes().get(1).seq());
        assertEquals(seqs.stream().sorted().toList(), seqs);
    }

    @Test
    void appliesNoChangeOfABatchThatCannotBeStored() {
        StoredMessage before = append(FISHING, 1).get(0);
        CountDownLatch latch = blockLogThread(log());
        execute(failureStatements());
        log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(before.id(), "new")));
        log().append(said.draft(FISHING, "fails"));
        release(latch);
        assertEquals("unavailable", said.awaitChange(1).result());
        execute(repairStatements());
        assertEquals(Optional.of(before), log().find(FISHING, before.id()));
        assertEquals(0, count("message_change"));
    }

    @Test
    void removesOldChangesAndKnowsThatTheyAreMissing() {
        List<StoredMessage> stored = append(FISHING, 1);
        long id = stored.get(0).id();
        append(BOATS, 1);
        long old = change(new MessageChange.Edit(id, "old"));
        time.stepClock(Duration.ofSeconds(2));
        long recent = change(new MessageChange.React(id, "A"));
        time.stepClock(ChangeRetention.KEPT.minusSeconds(1));
        ChangeRetention retention =
                new ChangeRetention(database(), time.clocks().clock(), Duration.ZERO);
        retention.removeOld();
        assertEquals(1, count("message_change"));
        assertEquals(Optional.empty(), log().since(FISHING, id, 10));
        assertEquals(Optional.empty(), log().since(FISHING, old - 1, 10));
        assertEquals(1, log().since(FISHING, old, 10).orElseThrow().size());
        assertEquals(0, log().since(FISHING, recent, 10).orElseThrow().size());
        assertEquals(1, log().since(BOATS, 0, 10).orElseThrow().size(), "nothing was removed there");
        assertEquals("old", log().find(FISHING, id).orElseThrow().text(), "the state stays");
        retention.removeOld();
        assertEquals(1, count("message_change"));
    }

    @Test
    void removesManyOldChangesOfManyChannels() {
        database().call(handle -> {
            try (PreparedBatch batch = handle.prepareBatch("INSERT INTO message_change (channel, seq, changed_at, kind,"
                    + " message, author) VALUES (?, ?, 0, 'delete', 1, 'bob')")) {
                for (int i = 0; i < 3_000; i++) {
                    batch.add("c" + i % 7, i);
                }
                return batch.execute();
            }
        });
        new ChangeRetention(database(), time.clocks().clock(), Duration.ZERO).removeOld();
        assertEquals(0, count("message_change"));
    }
}
