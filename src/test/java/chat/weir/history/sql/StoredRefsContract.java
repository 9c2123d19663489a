package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.database.Database;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Test;

/** The behaviour of every log in a database when messages of other processes are sent again. */
abstract class StoredRefsContract extends SqlRetentionContract {
    private static final Author ALICE = new Author(UserName.parse("alice").orElseThrow(), 7);
    private static final Author BACKEND = new Author(ALICE.name(), Author.BACKEND);
    private static final long GUEST = 1L << 62;

    private MessageDraft hi() {
        return said.draft(FISHING, DraftOutcomes.BOB, "hi", GUEST, "1");
    }

    /** Appends a draft. @return its outcome */
    private DraftOutcomes.Outcome append(MessageLog log, MessageDraft draft) {
        int before = said.all().size();
        log.append(draft);
        return said.await(before + 1).get(before);
    }

    private void assertStored(MessageLog log, MessageDraft draft) {
        assertEquals("", append(log, draft).failure());
    }

    private void assertRecognised(DraftOutcomes.Outcome first, MessageLog log, MessageDraft draft) {
        DraftOutcomes.Outcome again = append(log, draft);
        assertEquals(DraftOutcomes.STORED_BEFORE, again.failure());
        assertEquals(first.id(), again.id());
        assertEquals(first.timestamp(), again.timestamp());
    }

    @Test
    void recognisesAMessageOfAnEarlierProcess() {
        DraftOutcomes.Outcome first = append(log(), hi());
        append(FISHING, 3);
        time.stepClock(StoredRefs.VALID);
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
            append(FISHING, 1);
            assertRecognised(first, next, hi());
            assertEquals(5, all(FISHING).size());
        }
    }

    @Test
    void storesAMessageThatDiffersInAnything() {
        append(log(), hi());
        append(log(), said.draft(FISHING, ALICE, "hi", 0, "1"));
        append(log(), said.draft(FISHING, BACKEND, "hi", GUEST, "1"));
        Author other = new Author(UserName.parse("other").orElseThrow(), Author.BACKEND);
        try (MessageLog next = open()) {
            List.of(
                            said.draft(FISHING, DraftOutcomes.BOB, "hi", GUEST + 1, "1"),
                            said.draft(FISHING, DraftOutcomes.BOB, "hi", GUEST, "2"),
                            said.draft(FISHING, DraftOutcomes.BOB, "hi!", GUEST, "1"),
                            said.draft(BOATS, DraftOutcomes.BOB, "hi", GUEST, "1"),
                            said.draft(FISHING, DraftOutcomes.BOB, "hi"),
                            said.draft(FISHING, new Author(ALICE.name(), 8), "hi", 0, "1"),
                            said.draft(FISHING, BACKEND, "hi", GUEST + 1, "1"),
                            said.draft(FISHING, other, "hi", GUEST, "1"))
                    .forEach(draft -> assertStored(next, draft));
            int before = all(FISHING).size();
            append(next, hi());
            append(next, said.draft(FISHING, ALICE, "hi", 0, "1"));
            append(next, said.draft(FISHING, BACKEND, "hi", GUEST, "1"));
            assertEquals(before, all(FISHING).size());
        }
    }

    @Test
    void storesAMessageAgainAfterFiveMinutes() {
        append(log(), hi());
        time.stepClock(StoredRefs.VALID.plusSeconds(1));
        try (MessageLog next = open()) {
            assertStored(next, hi());
        }
    }

    @Test
    void forgetsARefFiveMinutesAfterTheMessage() {
        DraftOutcomes.Outcome first = append(log(), hi());
        time.stepClock(StoredRefs.VALID);
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
            time.stepClock(Duration.ofSeconds(1));
            assertStored(next, hi());
        }
    }

    @Test
    void recognisesAMessageAfterItWasEdited() {
        DraftOutcomes.Outcome first = append(log(), hi());
        change(new MessageChange.Edit(first.id(), "hello"));
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
        }
    }

    @Test
    void recognisesAMessageIfTheClockWasSetBack() {
        DraftOutcomes.Outcome first = append(log(), hi());
        time.stepClock(Duration.ofHours(-1));
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
        }
    }

    /** Each of the two knows its own messages up to the last id of the channel, and must not take the other's for them. */
    @Test
    void recognisesTheMessagesOfAnotherServer() {
        try (Database database = Database.open(address());
                MessageLog other = open(database)) {
            assertStored(log(), said.draft(FISHING, ALICE, "one", 0, "1"));
            DraftOutcomes.Outcome two = append(other, said.draft(FISHING, ALICE, "two", 0, "2"));
            assertStored(log(), said.draft(FISHING, ALICE, "no ref"));
            DraftOutcomes.Outcome three = append(other, said.draft(FISHING, ALICE, "three", 0, "3"));
            assertRecognised(two, log(), said.draft(FISHING, ALICE, "two", 0, "2"));
            assertRecognised(three, log(), said.draft(FISHING, ALICE, "three", 0, "3"));
            assertEquals(4, all(FISHING).size());
        }
    }

    /** After a failure, the database may be another one: a backup, or a replica that lacks the last messages. */
    @Test
    void readsAgainAfterATransactionThatFailed() {
        DraftOutcomes.Outcome first = append(log(), hi());
        DraftOutcomes.Outcome second = append(log(), said.draft(FISHING, ALICE, "second", 0, "2"));
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
            execute(failureStatements());
            append(next, said.draft(FISHING, ALICE, "fails", 0, "3"));
            execute(repairStatements());
            database().call(handle -> handle.execute("DELETE FROM message WHERE id = ?", first.id()));
            assertStored(next, hi());
            assertRecognised(second, next, said.draft(FISHING, ALICE, "second", 0, "2"));
        }
    }

    @Test
    void recognisesEachMessageOfALargeTransaction() {
        CountDownLatch latch = blockLogThread(log());
        List<MessageDraft> withRefs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            withRefs.add(said.draft(FISHING, ALICE, "message " + i, 0, "ref " + i));
            log().append(withRefs.get(i));
            if (i % 2 == 1) {
                log().append(said.draft(FISHING, "without a ref"));
            }
        }
        release(latch);
        List<DraftOutcomes.Outcome> first = said.await(91);
        try (MessageLog next = open()) {
            withRefs.forEach(next::append);
            List<DraftOutcomes.Outcome> again = said.await(151).subList(91, 151);
            assertEquals(
                    first.stream()
                            .filter(outcome -> outcome.text().startsWith("message"))
                            .map(DraftOutcomes.Outcome::id)
                            .toList(),
                    again.stream().map(DraftOutcomes.Outcome::id).toList());
            assertEquals(91, all(FISHING).size());
        }
    }

    @Test
    void looksAtNoMoreThanTheLatestMessages() {
        DraftOutcomes.Outcome first = append(log(), hi());
        insertPlain(FISHING, first.id() + 1, StoredRefs.MAX_ROWS - 1);
        try (MessageLog next = open()) {
            assertRecognised(first, next, hi());
        }
        insertPlain(FISHING, first.id() + StoredRefs.MAX_ROWS, 1);
        try (MessageLog next = open()) {
            assertStored(next, hi());
        }
    }

    private void insertPlain(ChannelId channel, long id, int count) {
        database().transaction(handle -> {
            handle.execute("UPDATE channel SET last_message_id = ? WHERE id = ?", id + count - 1, channel.value());
            try (PreparedBatch batch = handle.prepareBatch(
                    "INSERT INTO message (channel, id, sent_at, author, text)" + " VALUES (?, ?, ?, 'bob', 'hi')")) {
                for (int i = 0; i < count; i++) {
                    batch.add(channel.value(), id + i, START_SECONDS);
                }
                return batch.execute();
            }
        });
    }
}
