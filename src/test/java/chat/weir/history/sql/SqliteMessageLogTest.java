package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMessageLogTest extends StoredRefsContract {
    @TempDir
    private static Path directory;

    private static final int PAGE_BYTES = 4_096;
    private static final int MESSAGES_PER_DAY = 300;

    private static DatabaseUrl address;
    private static Database database;

    @BeforeAll
    static void openDatabase() {
        address = new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
        database = Database.open(address);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    DatabaseUrl address() {
        return address;
    }

    @Override
    List<String> failureStatements() {
        return List.of("CREATE TRIGGER broken BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'by a test'); END");
    }

    @Override
    List<String> repairStatements() {
        return List.of("DROP TRIGGER broken");
    }

    @Test
    void failsMessagesWhileTheDiskIsFull() {
        database.reserved().useHandle(handle -> handle.execute("PRAGMA max_page_count = 1"));
        log().append(said.draft(FISHING, "x".repeat(4_000_000)));
        said.await(1);
        assertEquals(1, said.failed().size());
        database.reserved().useHandle(handle -> handle.execute("PRAGMA max_page_count = 1000000"));
        log().append(said.draft(FISHING, "x".repeat(4_000_000)));
        said.await(2);
        assertEquals(said.storedIn(FISHING), all(FISHING));
        assertEquals(1, said.stored().size());
    }

    @Test
    void readsPagesByTheIndexAlone() {
        String plan = database.call(handle -> handle.createQuery("EXPLAIN QUERY PLAN SELECT id, sent_at, author,"
                        + " account, text FROM message WHERE channel = 'fishing' AND id < 7"
                        + " ORDER BY id DESC LIMIT 11")
                .map((row, context) -> row.getString("detail"))
                .collect(Collectors.joining("; ")));
        assertTrue(plan.contains("SEARCH message USING PRIMARY KEY (channel=? AND id<?)"), plan);
        assertTrue(!plan.contains("TEMP B-TREE"), plan);
    }

    @Test
    void readsRefsByThePrimaryKeyAlone() {
        String plan = database.call(
                handle -> handle.createQuery("EXPLAIN QUERY PLAN " + LogConnection.SELECT_REFS.replace("?", "7"))
                        .map((row, context) -> row.getString("detail"))
                        .collect(Collectors.joining("; ")));
        assertTrue(plan.contains("SEARCH message USING PRIMARY KEY (channel=? AND id>?)"), plan);
        assertTrue(!plan.contains("TEMP B-TREE"), plan);
    }

    @Test
    void findsPrivateChatsByTheirIndexAlone() {
        String plan = database.call(handle -> handle.createQuery("EXPLAIN QUERY PLAN " + ReaderQueries.CHATS_AS_SECOND)
                .bind("second", "-7")
                .bind("after", "@5")
                .bind("limit", 10)
                .map((row, context) -> row.getString("detail"))
                .collect(Collectors.joining("; ")));
        assertTrue(plan.contains("SEARCH channel USING INDEX channel_private_chat (<expr>=? AND id>?"), plan);
        assertTrue(!plan.contains("TEMP B-TREE"), plan);
    }

    @Test
    void findsOldMessagesByThePrimaryKeysAlone() {
        for (String sql : List.of(
                MessageRetention.DUE_CHANNELS,
                MessageRetention.LAST_OF_BATCH,
                MessageRetention.DELETE_REACTIONS,
                AccountQueries.SCAN)) {
            String plan = database.call(handle -> handle.createQuery("EXPLAIN QUERY PLAN " + sql)
                    .bind("channel", "fishing")
                    .bind("after", "")
                    .bind("before", 7)
                    .bind("limit", 10)
                    .bind("id", 7)
                    .map((row, context) -> row.getString("detail"))
                    .collect(Collectors.joining("; ")));
            assertTrue(!plan.matches(".*SCAN (m|r|c|message|reaction|channel)\\b.*"), plan);
            assertTrue(!plan.contains("TEMP B-TREE"), plan);
        }
    }

    /** The pages of removed messages are used for new ones, and checkpoints empty the write-ahead log. */
    @Test
    void reusesTheSpaceOfRemovedMessages() throws IOException {
        int days = 24;
        long[] bytes = new long[days];
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < MESSAGES_PER_DAY; i++) {
                log().append(said.draft(FISHING, "x".repeat(2_000)));
            }
            said.await(MESSAGES_PER_DAY * (day + 1));
            time.stepClock(Duration.ofDays(1));
            removeOld();
            bytes[day] = database.call(handle ->
                    handle.createQuery("PRAGMA page_count").mapTo(Long.class).one() * PAGE_BYTES);
        }
        assertEquals(bytes[4], bytes[days - 1], () -> "the file grows: " + Arrays.toString(bytes));
        long all = (long) days * MESSAGES_PER_DAY * 2_000;
        long log = Files.size(directory.resolve("weir.db-wal"));
        assertTrue(bytes[days - 1] < all / 2, () -> "the file has everything: " + Arrays.toString(bytes));
        assertTrue(log < all / 2, "the write-ahead log has " + log + " of " + all);
    }
}
