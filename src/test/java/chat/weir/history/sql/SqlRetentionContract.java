package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.history.AccountMessages;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.LogPosition;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageIdGenerator;
import chat.weir.history.MessageLog;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Test;

/** How old messages are removed from every database. */
abstract class SqlRetentionContract extends SqlMessageLogContract {
    private static final int MAX_ROWS_PER_STEP = 500;
    private static final int MAX_STEPS = 10_000;
    private static final long OLD = 1_000_000;

    /** Inserts old messages, as many as given in each channel. */
    private void insertOld(String channel, int messages) {
        int inserted = database().transaction(handle -> {
            int unused = handle.execute("INSERT INTO channel (id, last_message_id) VALUES (?, ?)", channel, OLD * 2);
            try (PreparedBatch batch = handle.prepareBatch(
                    "INSERT INTO message (channel, id, sent_at, author, text) VALUES (?, ?, 1, 'bob', 'old')")) {
                for (int i = 0; i < messages; i++) {
                    batch.add(channel, OLD + i);
                }
                return batch.execute().length;
            }
        });
        assertEquals(messages, inserted);
    }

    private void insertReactions(String channel, long message, int reactions) {
        int inserted = database().transaction(handle -> {
            try (PreparedBatch batch = handle.prepareBatch("INSERT INTO reaction (channel, message, emoji, name_key,"
                    + " name, seq) VALUES (?, ?, ?, ?, ?, 1)")) {
                for (int i = 0; i < reactions; i++) {
                    batch.add(channel, message, "E" + i % 20, "name" + i, "name" + i);
                }
                return batch.execute().length;
            }
        });
        assertEquals(reactions, inserted);
    }

    private long before() {
        return MessageIdGenerator.micros(time.clocks().clock().instant().minus(Duration.ofDays(1)));
    }

    private long rows() {
        return count("message") + count("reaction");
    }

    /** Removes old messages, and checks that each step removes few rows. */
    private void removeInSmallSteps() {
        long rows = rows();
        for (int steps = 0; log().removeSomeBefore(before()); steps++) {
            long left = rows();
            assertTrue(rows - left <= MAX_ROWS_PER_STEP, () -> "one step removed more than " + MAX_ROWS_PER_STEP);
            assertTrue(steps < MAX_STEPS, "it does not end");
            rows = left;
        }
    }

    @Test
    void removesManyMessagesInSmallSteps() {
        insertOld("a", 3_000);
        insertOld("z", 1);
        List<StoredMessage> kept = append(FISHING, 3);
        removeInSmallSteps();
        assertEquals(kept, all(FISHING));
        assertEquals(3, count("message"));
        assertEquals(Optional.empty(), log().since(new ChannelId("a"), OLD + 2_998, 10));
        assertEquals(Optional.of(List.of()), log().since(new ChannelId("a"), OLD + 2_999, 10));
        assertEquals(OLD * 2, log().lastId(new ChannelId("a")));
    }

    @Test
    void visitsEveryChannel() {
        for (int i = 0; i < MessageRetention.CHANNELS + 2; i++) {
            insertOld("c" + i, 1);
        }
        removeInSmallSteps();
        assertEquals(0, count("message"));
        assertEquals(MessageRetention.CHANNELS + 2, count("channel"));
        insertOld("d", 1);
        removeInSmallSteps();
        assertEquals(0, count("message"), "the next round begins anew");
    }

    @Test
    void removesTheReactionsOfRemovedMessagesInSmallSteps() {
        insertOld("a", 2);
        insertReactions("a", OLD, 1_700);
        insertReactions("a", OLD + 1, 7);
        append(FISHING, 1);
        change(new MessageChange.React(said.storedIn(FISHING).get(0).id(), "A"));
        removeInSmallSteps();
        assertEquals(1, count("reaction"));
        assertEquals(1, count("message"));
    }

    @Test
    void removesReactionsThatARestartLeftBehind() {
        insertOld("a", 1);
        insertReactions("a", OLD, 3);
        int unused = database().call(handle -> handle.execute("DELETE FROM message"));
        removeInSmallSteps();
        assertEquals(0, count("reaction"));
    }

    @Test
    void readsTheMessagesInPartsToFindThoseOfAnAccount() {
        insertOld("a", AccountQueries.MAX_SCANNED + 1);
        Author alice = new Author(DraftOutcomes.BOB.name(), 7);
        log().append(said.draft(FISHING, alice, "found"));
        long id = said.await(1).get(0).id();
        AccountMessages first = log().messagesOf(7, LogPosition.START, 10);
        LogPosition next = new LogPosition("a", OLD + AccountQueries.MAX_SCANNED - 1);
        assertEquals(new AccountMessages(List.of(), Optional.of(next)), first);
        assertEquals(
                new AccountMessages(List.of(new AccountMessages.Found(FISHING, id, alice)), Optional.empty()),
                log().messagesOf(7, next, 10));
    }

    @Test
    void neverAssignsTheIdOfARemovedMessageAfterARestart() {
        long last = append(FISHING, 3).get(2).id();
        time.stepClock(Duration.ofDays(2));
        removeOld();
        assertEquals(0, count("message"));
        log().close();
        time.stepClock(Duration.ofDays(-3));
        try (MessageLog again = open()) {
            again.append(said.draft(FISHING, "again"));
            assertTrue(said.await(4).get(3).id() > last);
        }
    }

    @Test
    void removingOldChangesDoesNotHideThatMessagesAreMissing() {
        List<StoredMessage> stored = append(FISHING, 1);
        change(new MessageChange.Edit(stored.get(0).id(), "new"));
        long last = append(FISHING, 1).get(1).id();
        time.stepClock(Duration.ofDays(8));
        removeOld();
        new ChangeRetention(database(), time.clocks().clock(), Duration.ofDays(1)).removeOld();
        assertEquals(0, count("message_change"));
        assertEquals(Optional.empty(), log().since(FISHING, last - 1, 10));
        assertEquals(Optional.of(List.of()), log().since(FISHING, last, 10));
    }
}
