package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.Reactions;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The behaviour of every {@link MessageLog} that messages are changed in. */
public abstract class MessageChangeContract extends MessageLogContract {
    private static Author guest(String name) {
        return new Author(UserName.parse(name).orElseThrow(), Author.GUEST);
    }

    private StoredMessage find(long id) {
        return log().find(FISHING, id).orElseThrow();
    }

    /** The events after a number, each in one word. */
    private List<String> since(long seq) {
        return log().since(FISHING, seq, 100).orElseThrow().stream()
                .map(MessageChangeContract::word)
                .toList();
    }

    private static String word(LogEvent event) {
        if (event instanceof StoredChange changed) {
            return changed.change().getClass().getSimpleName() + " "
                    + changed.change().text();
        }
        return ((StoredMessage) event).text();
    }

    @Test
    void deletesAndNeverReusesTheId() {
        List<StoredMessage> stored = append(FISHING, 3);
        long newest = stored.get(2).id();
        long deletion = change(new MessageChange.Delete(newest));
        assertTrue(deletion > newest);
        assertEquals(
                "no_such_message",
                change(DraftOutcomes.BOB, new MessageChange.Delete(newest)).result());
        assertEquals(Optional.empty(), log().find(FISHING, newest));
        assertEquals(
                stored.subList(0, 2),
                log().before(FISHING, MessageLog.NEWEST, 10).messages());
        assertTrue(append(FISHING, 1).get(3).id() > deletion);
    }

    @Test
    void changesOnlyMessagesOfTheChannel() {
        long id = append(FISHING, 1).get(0).id();
        log().append(said.change(BOATS, DraftOutcomes.BOB, new MessageChange.Delete(id)));
        assertEquals("no_such_message", said.awaitChange(1).result());
        assertEquals(1, log().before(FISHING, MessageLog.NEWEST, 10).messages().size());
        assertEquals(
                List.of(), log().channels("", 10).stream().filter(BOATS::equals).toList());
    }

    @Test
    void editsAMessage() {
        StoredMessage before = append(FISHING, 1).get(0);
        time.stepClock(Duration.ofSeconds(5));
        change(new MessageChange.Edit(before.id(), "new"));
        StoredMessage after = find(before.id());
        assertEquals("new", after.text());
        assertEquals(START_SECONDS + 5, after.editedAt());
        assertEquals(before.timestamp(), after.timestamp());
        assertEquals(before.author(), after.author());
        assertEquals(
                List.of(after), log().before(FISHING, MessageLog.NEWEST, 10).messages());
        assertEquals(List.of(after), log().after(FISHING, 0, 10).messages());
    }

    @Test
    void doesNotStoreAnEditToTheSameText() {
        StoredMessage before = append(FISHING, 1).get(0);
        assertEquals(
                "unchanged",
                change(DraftOutcomes.BOB, new MessageChange.Edit(before.id(), before.text()))
                        .result());
        assertEquals(before, find(before.id()));
        assertEquals(List.of(), since(before.id()));
    }

    @Test
    void keepsReactionsInOrder() {
        long id = append(FISHING, 1).get(0).id();
        List.of("bob", "Alice", "carl").forEach(name -> change(guest(name), new MessageChange.React(id, "A")));
        change(guest("dora"), new MessageChange.React(id, "B"));
        assertEquals(
                "unchanged",
                change(guest("ALICE"), new MessageChange.React(id, "A")).result());
        assertEquals("A 3 bob Alice carl\nB 1 dora", find(id).reactions().toText());
        assertEquals(
                "unchanged",
                change(guest("dora"), new MessageChange.Unreact(id, "A")).result());
        assertEquals(
                "unchanged",
                change(guest("dora"), new MessageChange.Unreact(id, "C")).result());
        change(guest("alice"), new MessageChange.Unreact(id, "A"));
        assertEquals("A 2 bob carl\nB 1 dora", find(id).reactions().toText());
        change(guest("dora"), new MessageChange.Unreact(id, "B"));
        assertEquals("A 2 bob carl", find(id).reactions().toText());
        assertEquals(List.of("React A", "React A", "React A", "React B", "Unreact A", "Unreact B"), since(id));
    }

    @Test
    void countsReactionsOverFiftyInsteadOfListingThem() {
        long id = append(FISHING, 1).get(0).id();
        for (int i = 0; i < 51; i++) {
            change(guest("guest" + i), new MessageChange.React(id, "A"));
        }
        assertEquals("A 51", find(id).reactions().toText());
        assertEquals(
                "unchanged",
                change(guest("guest50"), new MessageChange.React(id, "A")).result());
        change(guest("guest0"), new MessageChange.Unreact(id, "A"));
        Reactions.OfEmoji listed = find(id).reactions().find("A").orElseThrow();
        assertEquals(50, listed.count());
        assertEquals(IntStream.rangeClosed(1, 50).mapToObj(i -> "guest" + i).toList(), listed.names());
    }

    @Test
    void refusesMoreThanTwentyEmojisOnAMessage() {
        List<StoredMessage> stored = append(FISHING, 2);
        long id = stored.get(0).id();
        for (int i = 0; i < 20; i++) {
            change(guest("bob"), new MessageChange.React(id, "E" + i));
        }
        assertEquals(
                "store_full",
                change(guest("bob"), new MessageChange.React(id, "one more")).result());
        change(guest("alice"), new MessageChange.React(id, "E7"));
        change(guest("bob"), new MessageChange.Unreact(id, "E3"));
        change(guest("bob"), new MessageChange.React(id, "one more"));
        change(guest("bob"), new MessageChange.React(stored.get(1).id(), "another"));
    }

    @Test
    void deletesTheReactionsOfADeletedMessage() {
        List<StoredMessage> stored = append(FISHING, 2);
        long id = stored.get(0).id();
        change(new MessageChange.React(id, "A"));
        change(new MessageChange.React(stored.get(1).id(), "B"));
        change(new MessageChange.Edit(id, "secret"));
        change(new MessageChange.Delete(id));
        assertEquals(
                "no_such_message",
                change(guest("eve"), new MessageChange.React(id, "A")).result());
        assertEquals("B 1 Bob", find(stored.get(1).id()).reactions().toText());
        assertEquals(
                List.of("message 1", "React B", "Delete "), since(stored.get(0).id() - 1));
    }

    @Test
    void replaysMessagesAndChangesInOrderWithTheCurrentText() {
        List<StoredMessage> stored = append(FISHING, 2);
        long first = stored.get(0).id();
        long edit = change(new MessageChange.Edit(first, "draft"));
        append(FISHING, 1);
        change(new MessageChange.React(first, "A"));
        change(new MessageChange.Edit(first, "final"));
        long last = append(FISHING, 1).get(3).id();
        List<String> all =
                List.of("final", "message 1", "Edit final", "message 0", "React A", "Edit final", "message 0");
        assertEquals(all, since(first - 1));
        assertEquals(all.subList(3, 7), since(edit));
        assertEquals(List.of(), since(last));
        List<LogEvent> events = log().since(FISHING, first - 1, 7).orElseThrow();
        for (int i = 1; i < events.size(); i++) {
            assertTrue(events.get(i - 1).seq() < events.get(i).seq(), "at " + i);
        }
        assertEquals(Optional.empty(), log().since(FISHING, first - 1, 6));
        assertEquals(DraftOutcomes.BOB, events.get(2).author());
    }

    @Test
    void storesTheMessageThatAReplyAnswers() {
        long id = append(FISHING, 1).get(0).id();
        log().append(said.reply(FISHING, id, "indeed"));
        StoredMessage reply = find(said.await(2).get(1).id());
        assertEquals("indeed", reply.text());
        assertEquals(id, reply.replyTo());
        change(new MessageChange.Delete(id));
        assertEquals(id, find(reply.id()).replyTo());
        log().append(said.reply(FISHING, id, "to nothing"));
        assertEquals(
                "the channel has no message with the id " + id,
                said.await(3).get(2).failure());
        log().append(said.reply(BOATS, reply.id(), "to another channel"));
        said.await(4);
        assertEquals(2, said.failed().size());
        assertEquals(1, log().before(FISHING, MessageLog.NEWEST, 10).messages().size());
    }

    /** Changes interrupt the runs of ids, which are stored by one statement each. */
    @Test
    void storesMessagesBetweenChanges() {
        long id = append(FISHING, 1).get(0).id();
        int messages = 1;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < i % 5; j++, messages++) {
                log().append(said.draft(FISHING, "message " + i + "." + j));
            }
            log().append(said.change(FISHING, DraftOutcomes.BOB, new MessageChange.Edit(id, "edit " + i)));
        }
        said.await(messages);
        assertEquals("stored", said.awaitChange(40).result());
        List<StoredMessage> stored = said.storedIn(FISHING);
        assertEquals(stored.subList(1, messages), log().after(FISHING, id, 100).messages());
        assertEquals("edit 39", find(id).text());
        List<Long> seqs = Stream.concat(
                        stored.stream().map(StoredMessage::id),
                        said.changes().stream().map(DraftOutcomes.ChangeOutcome::seq))
                .sorted()
                .distinct()
                .toList();
        assertEquals(messages + 40, seqs.size());
        assertEquals(
                seqs.subList(1, seqs.size()),
                log().since(FISHING, id, 300).orElseThrow().stream()
                        .map(LogEvent::seq)
                        .toList());
    }
}
