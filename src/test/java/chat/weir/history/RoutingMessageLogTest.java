package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.protocol.ChannelId;
import chat.weir.testing.FakeTime;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingMessageLogTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ChannelId LASTING = ChannelId.between(1, 2);
    private static final ChannelId PASSING = ChannelId.passing(new SecureRandom());
    private static final long ROOM = 1_000_000;

    private final FakeTime time = new FakeTime();
    private final InMemoryMessageLog kept = new InMemoryMessageLog(time.clocks().clock(), ROOM);
    private final InMemoryMessageLog passing =
            new InMemoryMessageLog(time.clocks().clock(), ROOM);
    private final RoutingMessageLog log = new RoutingMessageLog(kept, passing);
    private final SaidMessages said = new SaidMessages();

    private static int count(MessageLog log, ChannelId channel) {
        return log.before(channel, MessageLog.NEWEST, 10).messages().size();
    }

    @Test
    void keepsOnlyTheChatsOfGuestsApart() {
        for (ChannelId channel : List.of(FISHING, LASTING, PASSING)) {
            log.append(said.draft(channel, "hi"));
            assertEquals(1, count(log, channel));
        }
        assertEquals(1, count(kept, FISHING));
        assertEquals(1, count(kept, LASTING));
        assertEquals(0, count(kept, PASSING));
        assertEquals(1, count(passing, PASSING));
        assertEquals(List.of(FISHING), log.channels("", 10));
    }

    @Test
    void findsAndDeletesInBoth() {
        for (ChannelId channel : List.of(FISHING, PASSING)) {
            log.append(said.draft(channel, "hi"));
            long id = log.after(channel, 0, 1).messages().get(0).id();
            assertEquals("hi", log.find(channel, id).orElseThrow().text());
            assertEquals(Optional.of(List.of()), log.since(channel, id, 10));
            assertEquals(true, log.delete(channel, id));
            assertEquals(Optional.empty(), log.find(channel, id));
        }
    }

    @Test
    void forgetsAChatThatHasEnded() {
        log.append(said.draft(PASSING, "hi"));
        log.forget(PASSING);
        assertEquals(0, count(log, PASSING));
        log.forget(PASSING);
        log.append(said.draft(PASSING, "again"));
        assertEquals(1, count(log, PASSING));
    }
}
