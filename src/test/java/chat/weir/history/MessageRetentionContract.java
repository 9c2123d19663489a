package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The behaviour of every {@link MessageLog} that old messages are removed from. */
public abstract class MessageRetentionContract extends MessageChangeContract {
    private static final int MAX_STEPS = 10_000;

    /** Removes everything that is older than a day. */
    public final void removeOld() {
        long before = MessageIdGenerator.micros(time.clocks().clock().instant().minus(Duration.ofDays(1)));
        int steps = 0;
        while (log().removeSomeBefore(before)) {
            steps++;
            assertTrue(steps < MAX_STEPS, "it does not end");
        }
    }

    /** Three messages that are too old, and two that are not. */
    private List<StoredMessage> threeOldAndTwoNew() {
        append(FISHING, 3);
        time.stepClock(Duration.ofDays(1).plusSeconds(1));
        return append(FISHING, 2);
    }

    @Test
    void removesOldMessages() {
        append(BOATS, 2);
        List<StoredMessage> stored = threeOldAndTwoNew();
        List<StoredMessage> kept = stored.subList(3, 5);
        removeOld();
        assertEquals(new Page(kept, false), log().before(FISHING, MessageLog.NEWEST, 2));
        assertEquals(new Page(kept, false), log().after(FISHING, 0, 2));
        assertEquals(new Page(kept, false), log().after(FISHING, stored.get(1).id(), 2));
        assertEquals(new Page(List.of(), false), log().before(BOATS, MessageLog.NEWEST, 2));
        for (StoredMessage message : stored) {
            Optional<StoredMessage> expected = kept.contains(message) ? Optional.of(message) : Optional.empty();
            assertEquals(expected, log().find(FISHING, message.id()));
        }
        removeOld();
        assertEquals(new Page(kept, false), log().after(FISHING, 0, 2));
    }

    @Test
    void keepsMessagesThatAreNotTooOld() {
        List<StoredMessage> stored = append(FISHING, 3);
        time.stepClock(Duration.ofDays(1));
        removeOld();
        assertEquals(stored, log().after(FISHING, 0, 10).messages());
        assertEquals(
                stored.subList(1, 3),
                log().since(FISHING, stored.get(0).id(), 10).orElseThrow());
    }

    @Test
    void endsThePagesWhereMessagesAreRemovedMeanwhile() {
        List<StoredMessage> stored = threeOldAndTwoNew();
        Page first = log().before(FISHING, MessageLog.NEWEST, 2);
        assertTrue(first.hasMore());
        removeOld();
        assertEquals(
                new Page(List.of(), false), log().before(FISHING, stored.get(3).id(), 2));
    }

    @Test
    void refusesSinceForRemovedMessages() {
        List<StoredMessage> stored = threeOldAndTwoNew();
        removeOld();
        assertEquals(Optional.empty(), log().since(FISHING, 0, 10));
        assertEquals(Optional.empty(), log().since(FISHING, stored.get(1).id(), 10));
        assertEquals(
                Optional.of(stored.subList(3, 5)),
                log().since(FISHING, stored.get(2).id(), 10));
        assertEquals(
                Optional.of(stored.subList(4, 5)),
                log().since(FISHING, stored.get(3).id(), 10));
    }

    @Test
    void missesNothingSinceTheLastMessageEvenIfItIsRemoved() {
        long last = append(FISHING, 3).get(2).id();
        time.stepClock(Duration.ofDays(2));
        removeOld();
        assertEquals(Optional.of(List.of()), log().since(FISHING, last, 10));
        List<StoredMessage> anew = append(FISHING, 1).subList(3, 4);
        assertEquals(Optional.of(anew), log().since(FISHING, last, 10));
        assertEquals(Optional.empty(), log().since(FISHING, last - 1, 10));
    }

    @Test
    void replaysWhatIsKeptInOrder() {
        List<StoredMessage> stored = threeOldAndTwoNew();
        long reaction = change(new MessageChange.React(stored.get(2).id(), "A"));
        long edit = change(new MessageChange.Edit(stored.get(3).id(), "new"));
        long last = append(FISHING, 1).get(5).id();
        removeOld();
        List<LogEvent> replayed = log().since(FISHING, stored.get(2).id(), 10).orElseThrow();
        assertEquals(
                List.of(stored.get(3).id(), stored.get(4).id(), edit, last),
                replayed.stream().map(LogEvent::seq).toList());
        assertTrue(reaction < edit, "its message is gone, so it is not replayed");
    }

    @Test
    void neverAssignsTheIdOfARemovedMessage() {
        long last = append(FISHING, 3).get(2).id();
        time.stepClock(Duration.ofDays(2));
        removeOld();
        assertTrue(log().lastId(FISHING) >= last);
        time.stepClock(Duration.ofDays(-2));
        assertTrue(append(FISHING, 1).get(3).id() > last);
    }

    @Test
    void doesNotCountRemovedMessagesAsUnread() {
        List<StoredMessage> stored = threeOldAndTwoNew();
        long last = stored.get(4).id();
        removeOld();
        assertEquals(new Unread(last, 2), log().unread(FISHING, 0, author -> true));
        assertEquals(new Unread(last, 2), log().unread(FISHING, stored.get(1).id(), author -> true));
        assertEquals(new Unread(last, 1), log().unread(FISHING, stored.get(3).id(), author -> true));
        time.stepClock(Duration.ofDays(2));
        removeOld();
        assertEquals(new Unread(0, 0), log().unread(FISHING, stored.get(1).id(), author -> true));
        assertEquals(new Unread(0, 0), log().unread(FISHING, last, author -> true));
    }

    @Test
    void findsTheMessagesOfAnAccount() {
        Author alice = new Author(UserName.parse("alice").orElseThrow(), 7);
        for (ChannelId channel : List.of(FISHING, BOATS, ChannelId.between(7, 8))) {
            log().append(said.draft(channel, "by a guest"));
            log().append(said.draft(channel, alice, "one"));
            log().append(said.draft(channel, new Author(alice.name(), 8), "by another account"));
            log().append(said.draft(channel, alice, "two"));
        }
        List<DraftOutcomes.Outcome> all = said.await(12);
        List<AccountMessages.Found> expected = all.stream()
                .filter(outcome -> outcome.author().equals(alice))
                .map(outcome -> new AccountMessages.Found(outcome.channel(), outcome.id(), alice))
                .sorted(Comparator.comparing(AccountMessages.Found::channel, Utf8Order.CHANNELS)
                        .thenComparingLong(AccountMessages.Found::id))
                .toList();
        for (int limit = 1; limit <= 7; limit++) {
            List<AccountMessages.Found> found = new ArrayList<>();
            Optional<LogPosition> next = Optional.of(LogPosition.START);
            while (next.isPresent()) {
                AccountMessages part = log().messagesOf(7, next.get(), limit);
                assertTrue(part.found().size() <= limit);
                found.addAll(part.found());
                next = part.next();
            }
            assertEquals(expected, found);
        }
        assertEquals(new AccountMessages(List.of(), Optional.empty()), log().messagesOf(9, LogPosition.START, 10));
    }

    @Test
    void treatsARemovedMessageAsUnknown() {
        long old = append(FISHING, 1).get(0).id();
        time.stepClock(Duration.ofDays(1));
        log().append(said.reply(FISHING, old, "indeed"));
        long reply = said.await(2).get(1).id();
        time.stepClock(Duration.ofSeconds(1));
        removeOld();
        assertEquals(old, log().find(FISHING, reply).orElseThrow().replyTo());
        log().append(said.reply(FISHING, old, "to nothing"));
        assertFalse(said.await(3).get(2).failure().isEmpty());
        for (MessageChange change : List.of(
                new MessageChange.Edit(old, "new"), new MessageChange.React(old, "A"), new MessageChange.Delete(old))) {
            assertEquals("no_such_message", change(DraftOutcomes.BOB, change).result());
        }
    }
}
