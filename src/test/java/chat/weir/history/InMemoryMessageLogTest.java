package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryMessageLogTest extends MessageLogContract {
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
        for (int i = 0; i < 100; i++) {
            small.append(said.draft(FISHING, "something"));
            assertTrue(small.delete(FISHING, said.storedIn(FISHING).get(i).id()));
        }
        assertEquals(List.of(BOATS, FISHING), small.channels("", 10));
    }
}
