package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.protocol.ChannelId;
import chat.weir.testing.FakeTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingMessageLogTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ChannelId DURABLE = ChannelId.between(1, 2);
    private static final ChannelId EPHEMERAL = ChannelId.ephemeral(new SecureRandom());
    private static final long MAX_BYTES = 1_000_000;

    private final FakeTime time = new FakeTime();
    private final InMemoryMessageLog durable =
            new InMemoryMessageLog(time.clocks().clock(), MAX_BYTES);
    private final InMemoryMessageLog ephemeral =
            new InMemoryMessageLog(time.clocks().clock(), MAX_BYTES);
    private final RoutingMessageLog log = new RoutingMessageLog(durable, ephemeral);
    private final DraftOutcomes said = new DraftOutcomes();

    private static int count(MessageLog log, ChannelId channel) {
        return log.before(channel, MessageLog.NEWEST, 10).messages().size();
    }

    @Test
    void storesOnlyTheChatsOfGuestsSeparately() {
        for (ChannelId channel : List.of(FISHING, DURABLE, EPHEMERAL)) {
            log.append(said.draft(channel, "hi"));
            assertEquals(1, count(log, channel));
        }
        assertEquals(1, count(durable, FISHING));
        assertEquals(1, count(durable, DURABLE));
        assertEquals(0, count(durable, EPHEMERAL));
        assertEquals(1, count(ephemeral, EPHEMERAL));
        assertEquals(List.of(FISHING), log.channels("", 10));
    }

    @Test
    void findsAndDeletesInBoth() {
        for (ChannelId channel : List.of(FISHING, EPHEMERAL)) {
            log.append(said.draft(channel, "hi"));
            long id = log.after(channel, 0, 1).messages().get(0).id();
            assertEquals("hi", log.find(channel, id).orElseThrow().text());
            assertEquals(Optional.of(List.of()), log.since(channel, id, 10));
            log.append(said.change(channel, DraftOutcomes.BOB, new MessageChange.Delete(id)));
            assertEquals(Optional.empty(), log.find(channel, id));
        }
    }

    @Test
    void findsTheMessagesOfAnAccountInBoth() {
        Author alice = new Author(DraftOutcomes.BOB.name(), 1);
        List<ChannelId> channels = List.of(DURABLE, FISHING, EPHEMERAL);
        channels.forEach(channel -> log.append(said.draft(channel, alice, "hi")));
        List<ChannelId> found = new ArrayList<>();
        Optional<LogPosition> next = Optional.of(LogPosition.START);
        while (next.isPresent()) {
            AccountMessages part = log.messagesOf(1, next.get(), 1);
            part.found().forEach(message -> found.add(message.channel()));
            next = part.next();
        }
        assertEquals(channels, found);
    }

    @Test
    void removesOldMessagesFromBoth() {
        List.of(FISHING, EPHEMERAL).forEach(channel -> log.append(said.draft(channel, "hi")));
        while (log.removeSomeBefore(MessageLog.NEWEST)) {
            assertEquals(0, count(log, FISHING));
        }
        assertEquals(0, count(log, FISHING));
        assertEquals(0, count(log, EPHEMERAL));
    }

    @Test
    void removesAChatThatHasEnded() {
        log.append(said.draft(EPHEMERAL, "hi"));
        log.forget(EPHEMERAL);
        assertEquals(0, count(log, EPHEMERAL));
        log.forget(EPHEMERAL);
        log.append(said.draft(EPHEMERAL, "again"));
        assertEquals(1, count(log, EPHEMERAL));
    }
}
