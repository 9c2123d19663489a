package chat.weir.account;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.Utf8Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of read positions on every engine. */
abstract class ReadPositionsContract extends AccountFixture {
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ChannelId LAKES = new ChannelId("lakes");
    private static final int MAX_WAITING = 3;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Metrics metrics;
    private Account alice;
    private Account carol;
    private ReadPositions positions;
    private TestSocket socket;

    @BeforeEach
    void registerUsers() {
        metrics = new Metrics();
        alice = register("alice");
        carol = register("carol");
        told.clear();
        positions = node();
        socket = new TestSocket();
    }

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    /** Another node, or this one after a crash. */
    private ReadPositions node() {
        return node(MAX_WAITING);
    }

    private ReadPositions node(int maxWaiting) {
        return new ReadPositions(
                database,
                maxWaiting,
                (position, reader) -> told.add(reader.name() + " " + position.channel() + " " + position.id()),
                metrics);
    }

    private void read(ReadPositions by, Account account, ChannelId channel, long id) {
        by.advance(new ReadPosition(account.id(), channel, id), new ReadPositions.Reader(account.name(), socket));
    }

    private void read(Account account, ChannelId channel, long id) {
        read(positions, account, channel, id);
    }

    private static SortedMap<ChannelId, Long> list(ReadPositions by, Account account) {
        return by.list(account.id(), "", 10);
    }

    private void breakTable() {
        int unused = database.call(handle -> handle.execute("ALTER TABLE read_position RENAME TO away"));
    }

    private void repairTable() {
        int unused = database.call(handle -> handle.execute("ALTER TABLE away RENAME TO read_position"));
    }

    @Test
    void movesForwardOnly() {
        read(alice, FISHING, 7);
        read(alice, FISHING, 5);
        assertEquals(Map.of(FISHING, 7L), list(positions, alice));
        positions.flush();
        read(alice, FISHING, 6);
        assertEquals(0, positions.waiting());
        read(alice, FISHING, 8);
        read(alice, BOATS, 3);
        read(carol, FISHING, 4);
        positions.flush();
        assertEquals(Map.of(FISHING, 8L, BOATS, 3L), list(positions, alice));
        assertEquals(Map.of(FISHING, 4L), list(positions, carol));
    }

    @Test
    void neverMovesBackWhatAnotherNodeHasWritten() {
        ReadPositions other = node();
        read(alice, FISHING, 5);
        read(other, alice, FISHING, 9);
        other.flush();
        positions.flush();
        assertEquals(Map.of(FISHING, 9L), list(node(), alice));
    }

    @Test
    void removesTheOldestPositionsOfAnAccountOverItsLimit() {
        ReadPositions few = new ReadPositions(database, 10, 2, (position, reader) -> {}, metrics);
        read(few, alice, LAKES, 5);
        read(few, alice, FISHING, 7);
        read(few, carol, LAKES, 1);
        few.flush();
        assertEquals(Map.of(LAKES, 5L, FISHING, 7L), list(few, alice));
        read(few, alice, FISHING, 8);
        read(few, alice, BOATS, 6);
        few.flush();
        assertEquals(Map.of(BOATS, 6L, FISHING, 8L), list(few, alice));
        assertEquals(Map.of(LAKES, 1L), list(few, carol));
        read(few, alice, LAKES, 9);
        read(few, alice, new ChannelId("rivers"), 10);
        few.flush();
        assertEquals(Map.of(LAKES, 9L, new ChannelId("rivers"), 10L), list(few, alice));
    }

    @Test
    void losesInACrashOnlyWhatCameAfterTheLastFlush() {
        for (int id = 1; id <= 1_000; id++) {
            read(alice, FISHING, id);
        }
        positions.flush();
        read(alice, FISHING, 1_001);
        read(alice, BOATS, 2);
        assertEquals(Map.of(FISHING, 1_000L), list(node(), alice));
    }

    @Test
    void writesAThousandPositionsOfAChannelInOneCommit() {
        for (int id = 1; id <= 1_000; id++) {
            read(alice, FISHING, id);
            read(carol, FISHING, id);
        }
        positions.flush();
        assertEquals(1, metrics.readPositionCommits().value());
        positions.flush();
        assertEquals(1, metrics.readPositionCommits().value(), "there is nothing to write");
    }

    @Test
    void writesMoreThanATransactionTakes() {
        ReadPositions large = node(5_000);
        IntStream.range(0, 2_500).forEach(i -> read(large, alice, new ChannelId("channel" + i), i + 1L));
        large.flush();
        assertEquals(3, metrics.readPositionCommits().value());
        assertEquals(0, large.waiting());
        assertEquals(2_500, node().list(alice.id(), "", 10_000).size());
    }

    @Test
    void writesTheRestWhenItIsClosed() {
        read(alice, FISHING, 7);
        positions.close();
        assertEquals(Map.of(FISHING, 7L), list(node(), alice));
    }

    @Test
    void keepsTheLatestPositionsWhileTheDatabaseFails() {
        read(alice, FISHING, 7);
        positions.flush();
        breakTable();
        read(alice, FISHING, 8);
        read(alice, FISHING, 9);
        read(alice, BOATS, 1);
        assertReply(ErrorCode.UNAVAILABLE, positions::flush);
        read(alice, FISHING, 10);
        assertReply(ErrorCode.UNAVAILABLE, positions::flush);
        positions.close();
        assertEquals(2, positions.waiting());
        repairTable();
        positions.flush();
        assertEquals(Map.of(FISHING, 10L, BOATS, 1L), list(node(), alice));
    }

    @Test
    void keepsAPositionThatMovesOnWhileItIsWritten() {
        read(alice, FISHING, 1);
        positions.flush();
        read(alice, FISHING, 2);
        CompletableFuture<Void> flush = database.reserved().inTransaction(handle -> {
            handle.execute("UPDATE read_position SET message_id = message_id");
            CompletableFuture<Void> blocked = CompletableFuture.runAsync(positions::flush);
            // Notifying comes directly before writing, which waits for this transaction.
            await().pollDelay(Duration.ofMillis(100)).until(() -> told.size() == 2);
            read(alice, FISHING, 3);
            return blocked;
        });
        flush.join();
        assertEquals(1, positions.waiting());
        positions.flush();
        assertEquals(Map.of(FISHING, 3L), list(node(), alice));
    }

    @Test
    void doesNotWriteALowerPositionThatCameWhileTheStoredOneWasUnknown() {
        read(alice, FISHING, 7);
        positions.flush();
        breakTable();
        read(alice, FISHING, 5);
        repairTable();
        positions.flush();
        assertEquals(Map.of(FISHING, 7L), list(positions, alice));
    }

    @Test
    void refusesNewPositionsWhenTooManyWait() {
        read(alice, BOATS, 1);
        read(alice, FISHING, 1);
        read(carol, FISHING, 1);
        ChatException refused = assertReply(ErrorCode.UNAVAILABLE, () -> read(alice, LAKES, 1));
        assertEquals("too many read positions are waiting to be stored: try again later", refused.text());
        assertEquals(1, metrics.refusedReadPositions().value());
        read(alice, FISHING, 2);
        positions.flush();
        read(alice, LAKES, 1);
        assertEquals(Map.of(BOATS, 1L, FISHING, 2L, LAKES, 1L), list(positions, alice));
    }

    @Test
    void tellsOnlyTheLatestPositionOfEachFlush() {
        read(alice, FISHING, 1);
        read(alice, FISHING, 3);
        read(alice, FISHING, 2);
        assertEquals(List.of(), told);
        positions.flush();
        assertEquals(List.of("alice fishing 3"), told);
        read(alice, FISHING, 3);
        positions.flush();
        assertEquals(List.of("alice fishing 3"), told);
        read(alice, FISHING, 4);
        positions.flush();
        assertEquals(List.of("alice fishing 3", "alice fishing 4"), told);
    }

    @Test
    void tellsEachPositionOnceWhileTheDatabaseFails() {
        breakTable();
        read(alice, FISHING, 1);
        assertReply(ErrorCode.UNAVAILABLE, positions::flush);
        assertReply(ErrorCode.UNAVAILABLE, positions::flush);
        read(alice, FISHING, 2);
        repairTable();
        positions.flush();
        assertEquals(List.of("alice fishing 1", "alice fishing 2"), told);
    }

    @Test
    void survivesAFailingListener() {
        ReadPositions failing = new ReadPositions(
                database,
                MAX_WAITING,
                (position, reader) -> {
                    throw new IllegalStateException("a fault in the listener");
                },
                metrics);
        read(failing, alice, FISHING, 1);
        failing.flush();
        assertEquals(Map.of(FISHING, 1L), list(node(), alice));
    }

    @Test
    void listsPagesOfStoredAndCollectedPositions() {
        List<ChannelId> all = new ArrayList<>();
        ReadPositions large = node(100);
        for (int i = 0; i < 20; i++) {
            ChannelId channel = new ChannelId((i % 3 == 0 ? "\ufa0e" : "\ud840\udc00") + i);
            all.add(channel);
            read(large, alice, channel, i + 1L);
            if (i % 4 == 0) {
                large.flush();
            }
        }
        read(large, carol, FISHING, 1);
        all.sort(Utf8Order.CHANNELS);
        List<ChannelId> paged = new ArrayList<>();
        SortedMap<ChannelId, Long> page = new TreeMap<>(Utf8Order.CHANNELS);
        for (String after = "";
                paged.size() < all.size();
                after = page.lastKey().value()) {
            page = large.list(alice.id(), after, 3);
            paged.addAll(page.keySet());
        }
        assertEquals(all, paged);
        assertEquals(Map.of(), large.list(alice.id(), all.get(19).value(), 3));
    }

    @Test
    void removesThePositionsOfADeletedAccount() {
        read(alice, FISHING, 1);
        read(carol, FISHING, 1);
        positions.flush();
        read(alice, FISHING, 2);
        read(alice, BOATS, 2);
        read(carol, FISHING, 2);
        accounts.delete(alice);
        positions.flush();
        assertEquals(1, count("read_position"));
        assertEquals(Map.of(FISHING, 2L), list(node(), carol));
        assertEquals(0, positions.waiting());
    }
}
