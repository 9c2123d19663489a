package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryMessageLogTest extends MessageRetentionContract {
    /** Room for a few messages, each in its own channel. */
    private static final int FEW_BYTES = 10_000;

    @Override
    public MessageLog open() {
        return new InMemoryMessageLog(time.clocks().clock(), 1 << 20);
    }

    @Test
    void keepsTheLatestHundredAndReportsThatThereWereMore() {
        List<StoredMessage> stored = append(FISHING, 130);
        assertEquals(new Page(stored.subList(30, 130), false), log().before(FISHING, MessageLog.NEWEST, 1_000));
        assertEquals(
                Optional.of(stored.subList(30, 130)),
                log().since(FISHING, stored.get(29).id(), 300));
        assertEquals(Optional.empty(), log().since(FISHING, stored.get(28).id(), 300));
    }

    @Test
    void evictsTheLeastRecentlyUsedChannel() {
        MessageLog small = new InMemoryMessageLog(time.clocks().clock(), FEW_BYTES);
        small.append(said.draft(FISHING, "kept"));
        int channels = 0;
        while (small.channels("", 100).size() > channels - 1) {
            small.append(said.draft(new ChannelId("c" + channels++), "something"));
            small.before(new ChannelId("c0"), MessageLog.NEWEST, 1);
            small.append(said.draft(FISHING, "again"));
            assertTrue(channels < 50, "nothing is evicted");
        }
        assertEquals(
                Optional.empty(),
                small.find(
                        new ChannelId("c0"),
                        said.storedIn(new ChannelId("c0")).get(0).id()));
        assertEquals(
                channels + 1,
                small.before(FISHING, MessageLog.NEWEST, 100).messages().size());
    }

    @Test
    void refusesSinceForEvictedMessages() {
        MessageLog small = new InMemoryMessageLog(time.clocks().clock(), FEW_BYTES);
        for (int i = 0; i < 20; i++) {
            small.append(said.draft(new ChannelId("c" + i), "something"));
        }
        ChannelId forgotten = new ChannelId("c0");
        long seen = said.storedIn(forgotten).get(0).id();
        assertEquals(Optional.empty(), small.since(forgotten, seen, 10));
        small.append(said.draft(forgotten, "anew"));
        assertEquals(Optional.empty(), small.since(forgotten, seen, 10));
        List<StoredMessage> anew = said.storedIn(forgotten).subList(1, 2);
        assertEquals(Optional.of(anew), small.since(forgotten, anew.get(0).id() - 1, 10));
    }

    @Test
    void refusesSinceForMessagesOfAnEarlierProcess() {
        long seen = append(FISHING, 1).get(0).id();
        time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), open().since(FISHING, seen, 10));
        time.stepClock(Duration.ofHours(-1));
        assertEquals(Optional.empty(), open().since(FISHING, seen, 10));
    }

    @Test
    void keepsTheLatestMessagesEvenIfTheyExceedTheLimit() {
        MessageLog small = new InMemoryMessageLog(time.clocks().clock(), 10);
        small.append(said.draft(FISHING, "one"));
        small.append(said.draft(FISHING, "two"));
        assertEquals(
                said.storedIn(FISHING),
                small.before(FISHING, MessageLog.NEWEST, 10).messages());
    }

    @Test
    void releasesTheMemoryOfDeletedMessages() {
        MessageLog small = new InMemoryMessageLog(time.clocks().clock(), FEW_BYTES);
        small.append(said.draft(BOATS, "kept"));
        for (int i = 0; i < 10; i++) {
            small.append(said.draft(FISHING, "x".repeat(1_000)));
            long id = said.storedIn(FISHING).get(i).id();
            small.append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Delete(id)));
            assertEquals("stored", said.awaitChange(i + 1).result());
        }
        assertEquals(List.of(BOATS, FISHING), small.channels("", 10));
    }

    @Test
    void saysWhatItRefusesAfterItIsClosed() {
        long id = append(FISHING, 1).get(0).id();
        log().close();
        for (MessageChange change : List.of(new MessageChange.Edit(id, "new"), new MessageChange.Delete(id))) {
            ChatException refusal = assertThrows(
                    ChatException.class, () -> log().append(said.change(FISHING, DraftOutcomes.BOB, change)));
            assertEquals(
                    "the server is shutting down and did not deliver the " + change.noun() + ": try again",
                    refusal.text());
        }
    }

    @Test
    void refusesSinceForDroppedChanges() {
        long id = append(FISHING, 1).get(0).id();
        long first = change(new MessageChange.Edit(id, "text"));
        for (int i = 0; i < RecentChanges.MAX; i++) {
            change(new MessageChange.Edit(id, "text " + i));
        }
        assertEquals(
                RecentChanges.MAX,
                log().since(FISHING, first, 1_000).orElseThrow().size());
        assertEquals(Optional.empty(), log().since(FISHING, first - 1, 1_000));
        assertEquals(
                "text " + (RecentChanges.MAX - 1),
                log().find(FISHING, id).orElseThrow().text());
    }

    @Test
    void limitsTheReactionsOfAChannel() {
        List<StoredMessage> stored = append(FISHING, 2);
        for (int i = 0; i < RecentChanges.MAX_REACTIONS; i++) {
            Author author = new Author(UserName.parse("guest" + i).orElseThrow(), Author.GUEST);
            log().append(said.change(
                    FISHING, author, new MessageChange.React(stored.get(i % 2).id(), "A")));
        }
        MessageChange one = new MessageChange.React(stored.get(1).id(), "A");
        assertEquals("store_full", change(DraftOutcomes.BOB, one).result());
        change(new MessageChange.Delete(stored.get(0).id()));
        change(one);
    }

    @Test
    void countsChangesAsMemory() {
        MessageLog small = new InMemoryMessageLog(time.clocks().clock(), FEW_BYTES);
        small.append(said.draft(BOATS, "evicted"));
        small.append(said.draft(FISHING, "kept"));
        long id = said.storedIn(FISHING).get(0).id();
        for (int i = 0; i < 50; i++) {
            small.append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(id, "text " + i)));
        }
        assertEquals(List.of(FISHING), small.channels("", 10));
        assertEquals("text 49", small.find(FISHING, id).orElseThrow().text());
    }
}
