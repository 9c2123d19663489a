package chat.weir.history.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.weir.history.MessageIdGenerator;
import chat.weir.history.MessageRef;
import chat.weir.protocol.ChannelId;
import chat.weir.testing.FakeTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredRefsTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final Duration MORE_THAN_VALID = StoredRefs.VALID.plusSeconds(1);

    private final FakeTime time = new FakeTime();
    private final StoredRefs refs = new StoredRefs(time.clocks().nanoTime(), 3);
    /** What was read: the channel, and after which message. */
    private final List<String> reads = new ArrayList<>();

    private List<StoredRefs.Found> stored = List.of();

    private Instant now() {
        return time.clocks().clock().instant();
    }

    /** A number that a message has that is sent now, and the following ones. */
    private long id(int number) {
        return MessageIdGenerator.micros(now()) + number;
    }

    private static MessageRef ref(int number) {
        return new MessageRef(7, "ref " + number, 0);
    }

    private StoredRefs.Found found(int number) {
        return new StoredRefs.Found(ref(number), id(number), now().getEpochSecond());
    }

    private List<StoredRefs.Found> read(ChannelId channel, long after, long since, int maxRows) {
        assertEquals(now().minus(StoredRefs.VALID).getEpochSecond(), since);
        assertEquals(StoredRefs.MAX_ROWS, maxRows);
        reads.add(channel.value() + " " + (after - id(0)));
        return stored;
    }

    private void begin(ChannelId channel, long lastId, boolean hasRefs) {
        try {
            refs.begin(Map.of(channel, lastId), hasRefs ? Set.of(channel) : Set.of(), now(), this::read);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void store(ChannelId channel, long lastId, boolean hasRefs) {
        begin(channel, lastId, hasRefs);
        refs.committed(Map.of(channel, lastId + 1));
    }

    @Test
    void readsOnlyForMessagesWithRefsAndOnlyOnce() {
        store(FISHING, id(1), false);
        store(FISHING, id(2), true);
        store(FISHING, id(3), true);
        store(FISHING, id(4), false);
        store(FISHING, id(5), true);
        store(BOATS, 0, true);
        assertEquals(List.of("fishing " + (-StoredRefs.VALID.toNanos() / 1_000 - 1)), reads);
    }

    @Test
    void readsWhatOthersHaveStoredSince() {
        store(FISHING, id(2), true);
        store(FISHING, id(7), false);
        store(FISHING, id(8), true);
        store(FISHING, id(9), true);
        assertEquals("fishing 3", reads.get(1));
        assertEquals(2, reads.size());
    }

    @Test
    void readsAgainAfterATransactionWithoutACommit() {
        begin(FISHING, id(2), true);
        refs.forgetAll();
        begin(FISHING, id(2), true);
        assertEquals(2, reads.size());
    }

    @Test
    void forgetsAChannelThatIsNotUsedForFiveMinutes() {
        stored = List.of(found(3), found(2), found(1));
        store(FISHING, id(3), true);
        time.advance(MORE_THAN_VALID);
        store(BOATS, 0, true);
        stored = List.of(found(3), found(2), found(1));
        store(BOATS, id(3), true);
        assertEquals(found(1), refs.find(BOATS, ref(1), now()), "there is room for it");
    }

    @Test
    void keepsTheLatestOfAllChannelsWithinTheirBound() {
        stored = List.of(found(4), found(3), found(2), found(1));
        begin(FISHING, id(4), true);
        assertNull(refs.find(FISHING, ref(1), now()));
        assertEquals(found(4), refs.find(FISHING, ref(4), now()));
        refs.forgetAll();
        begin(BOATS, id(4), true);
        assertEquals(found(2), refs.find(BOATS, ref(2), now()));
        assertNull(refs.find(FISHING, ref(4), now()));
    }

    @Test
    void findsNothingThatIsOlderThanFiveMinutes() {
        stored = List.of(found(1));
        store(FISHING, id(1), true);
        time.stepClock(StoredRefs.VALID);
        assertNotNull(refs.find(FISHING, ref(1), now()));
        time.stepClock(Duration.ofSeconds(1));
        assertNull(refs.find(FISHING, ref(1), now()));
    }
}
