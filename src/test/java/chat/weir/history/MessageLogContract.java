package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of every {@link MessageLog}. */
public abstract class MessageLogContract {
    public static final ChannelId FISHING = new ChannelId("fishing");
    public static final ChannelId BOATS = new ChannelId("boats");
    public static final long START_SECONDS = 1_767_225_600;

    public final FakeTime time = new FakeTime();
    public final DraftOutcomes said = new DraftOutcomes();
    private MessageLog log;

    /** Opens an empty log. */
    public abstract MessageLog open();

    public MessageLog log() {
        return log;
    }

    @BeforeEach
    public void openIt() {
        log = open();
    }

    @AfterEach
    public void closeIt() {
        log.close();
    }

    public final List<StoredMessage> append(ChannelId channel, int count) {
        int before = said.all().size();
        for (int i = 0; i < count; i++) {
            log.append(said.draft(channel, "message " + i));
        }
        said.await(before + count);
        return said.storedIn(channel);
    }

    public static void assertIncreasingIds(List<StoredMessage> messages) {
        for (int i = 1; i < messages.size(); i++) {
            assertTrue(messages.get(i - 1).id() < messages.get(i).id(), "at " + i);
        }
    }

    @Test
    void assignsIdsInMicrosecondsAndTimestampsInSeconds() {
        StoredMessage message = append(FISHING, 1).get(0);
        assertEquals(START_SECONDS, message.timestamp());
        assertEquals(START_SECONDS, message.id() / 1_000_000);
    }

    @Test
    void assignsIncreasingIdsWhileTheClockStandsStill() {
        List<StoredMessage> stored = append(FISHING, 90);
        assertIncreasingIds(stored);
        assertEquals(
                IntStream.range(0, 90).mapToObj(i -> "message " + i).toList(),
                stored.stream().map(StoredMessage::text).toList());
        assertEquals(stored, log.before(FISHING, MessageLog.NEWEST, 100).messages());
    }

    @Test
    void assignsIncreasingIdsIfTheClockIsSetBack() {
        append(FISHING, 2);
        time.stepClock(Duration.ofHours(-1));
        List<StoredMessage> stored = append(FISHING, 2);
        assertIncreasingIds(stored);
        assertEquals(START_SECONDS - 3_600, stored.get(3).timestamp());
    }

    @Test
    void storesMessagesWithAndWithoutRefs() {
        for (int i = 0; i < 90; i++) {
            ChannelId channel = i % 3 == 0 ? BOATS : FISHING;
            String text = "message " + i;
            log.append(
                    i % 7 < 4
                            ? said.draft(channel, DraftOutcomes.BOB, text, 7, "ref " + i)
                            : said.draft(channel, text));
        }
        said.await(90);
        assertEquals(90, said.stored().size());
        for (ChannelId channel : List.of(BOATS, FISHING)) {
            assertEquals(said.storedIn(channel), log.after(channel, 0, 100).messages());
        }
    }

    @Test
    void separatesChannels() {
        List<StoredMessage> fishing = append(FISHING, 3);
        List<StoredMessage> boats = append(BOATS, 2);
        assertEquals(fishing, log.before(FISHING, MessageLog.NEWEST, 10).messages());
        assertEquals(boats, log.before(BOATS, MessageLog.NEWEST, 10).messages());
        assertEquals(new Page(List.of(), false), log.before(new ChannelId("empty"), MessageLog.NEWEST, 10));
        assertEquals(List.of(BOATS, FISHING), log.channels("", 10));
        assertEquals(List.of(BOATS), log.channels("", 1));
        assertEquals(List.of(FISHING), log.channels("boats", 1));
    }

    @Test
    void listsChannelsInUtf8Order() {
        // In UTF-16 order, the second would come after the third.
        List<ChannelId> inOrder = List.of(new ChannelId("Z"), new ChannelId("\uA000"), new ChannelId("\uD840\uDC00"));
        List<ChannelId> shuffled = new ArrayList<>(inOrder);
        Collections.reverse(shuffled);
        shuffled.forEach(channel -> append(channel, 1));
        assertEquals(inOrder, log.channels("", 10));
    }

    @Test
    void doesNotListPrivateChats() {
        ChannelId before = new ChannelId("0");
        ChannelId behind = new ChannelId("A");
        ChannelId chat = ChannelId.between(1, 2);
        List.of(behind, chat, before, ChannelId.between(3, 4)).forEach(channel -> append(channel, 1));
        assertEquals(List.of(before, behind), log.channels("", 10));
        assertEquals(List.of(before), log.channels("", 1));
        assertEquals(List.of(behind), log.channels("0", 10));
        assertEquals(List.of(behind), log.channels(chat.value(), 10));
        assertEquals(List.of(), log.channels("A", 10));
    }

    @Test
    void keepsOneOrderForConcurrentThreads() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "thread " + t + " says ";
            threads.add(new Thread(() -> {
                for (int i = 0; i < 12; i++) {
                    synchronized (said) {
                        log.append(said.draft(FISHING, name + i));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        said.await(96);
        List<StoredMessage> stored = said.storedIn(FISHING);
        assertIncreasingIds(stored);
        assertEquals(96, new HashSet<>(stored).size());
        assertEquals(stored, log.before(FISHING, MessageLog.NEWEST, 100).messages());
    }

    @Test
    void pagesBackToTheBeginning() {
        List<StoredMessage> stored = append(FISHING, 25);
        Page last = log.before(FISHING, MessageLog.NEWEST, 10);
        assertEquals(new Page(stored.subList(15, 25), true), last);
        Page middle = log.before(FISHING, stored.get(15).id(), 10);
        assertEquals(new Page(stored.subList(5, 15), true), middle);
        assertEquals(
                new Page(stored.subList(0, 5), false),
                log.before(FISHING, stored.get(5).id(), 10));
        assertEquals(
                new Page(stored.subList(0, 5), false),
                log.before(FISHING, stored.get(5).id(), 5));
    }

    @Test
    void pagesForwardToTheEnd() {
        List<StoredMessage> stored = append(FISHING, 25);
        assertEquals(new Page(stored.subList(0, 10), true), log.after(FISHING, 0, 10));
        assertEquals(
                new Page(stored.subList(10, 20), true),
                log.after(FISHING, stored.get(9).id(), 10));
        assertEquals(
                new Page(stored.subList(20, 25), false),
                log.after(FISHING, stored.get(19).id(), 10));
        assertEquals(
                new Page(stored.subList(20, 25), false),
                log.after(FISHING, stored.get(19).id(), 5));
        assertEquals(
                new Page(List.of(), false), log.after(FISHING, stored.get(24).id(), 10));
    }

    @Test
    void returnsMessagesSinceAnIdUnlessThereAreTooMany() {
        List<StoredMessage> stored = append(FISHING, 25);
        long seen = stored.get(4).id();
        assertEquals(Optional.of(stored.subList(5, 25)), log.since(FISHING, seen, 20));
        assertEquals(Optional.empty(), log.since(FISHING, seen, 19));
        assertEquals(Optional.of(List.of()), log.since(FISHING, stored.get(24).id(), 20));
    }

    @Test
    void findsAMessageById() {
        List<StoredMessage> stored = append(FISHING, 3);
        assertEquals(Optional.of(stored.get(1)), log.find(FISHING, stored.get(1).id()));
        assertEquals(Optional.empty(), log.find(BOATS, stored.get(1).id()));
        assertEquals(Optional.empty(), log.find(FISHING, 7));
    }

    /** Appends a change by Bob, and waits for its outcome. @return its number */
    public final long change(MessageChange change) {
        DraftOutcomes.ChangeOutcome outcome = change(DraftOutcomes.BOB, change);
        assertEquals("stored", outcome.result(), outcome::toString);
        return outcome.seq();
    }

    public final DraftOutcomes.ChangeOutcome change(Author author, MessageChange change) {
        int before = said.changes().size();
        log.append(said.change(FISHING, author, change));
        return said.awaitChange(before + 1);
    }

    @Test
    void storesEveryText() {
        List<String> texts = List.of(
                "\uD83D\uDC69\u200D\uD83D\uDE80 \u2764\uFE0F",
                "\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD",
                "'; DROP TABLE message; -- \" \\ % _ ?",
                "\t\n\r\u0001 ",
                "\u00E4".repeat(16_384));
        texts.forEach(text -> log.append(said.draft(FISHING, text)));
        said.await(texts.size());
        assertEquals(
                texts,
                log.after(FISHING, 0, 10).messages().stream()
                        .map(StoredMessage::text)
                        .toList());
    }

    @Test
    void storesNamesAsWrittenWithTheirAccounts() {
        Author guest = new Author(UserName.parse("\u00C5se_STRASSE").orElseThrow(), Author.GUEST);
        Author member = new Author(UserName.parse("\uD835\uDD04da").orElseThrow(), 123_456_789_012L);
        log.append(said.draft(FISHING, guest, "one"));
        log.append(said.draft(FISHING, member, "two"));
        said.await(2);
        assertEquals(
                List.of(guest, member),
                log.after(FISHING, 0, 10).messages().stream()
                        .map(StoredMessage::author)
                        .toList());
    }

    @Test
    void remembersTheLastIdOfADeletedMessage() {
        StoredMessage last = append(FISHING, 2).get(1);
        assertEquals(last.id(), log.lastId(FISHING));
        change(new MessageChange.Delete(last.id()));
        assertTrue(log.lastId(FISHING) >= last.id());
    }

    @Test
    void countsTheUnreadMessagesThatCount() {
        Author alice = new Author(UserName.parse("alice").orElseThrow(), 7);
        log.append(said.draft(FISHING, "one"));
        log.append(said.draft(FISHING, alice, "two"));
        log.append(said.draft(FISHING, "three"));
        log.append(said.draft(BOATS, "elsewhere"));
        said.await(4);
        List<StoredMessage> stored = said.storedIn(FISHING);
        long first = stored.get(0).id();
        long last = stored.get(2).id();
        assertEquals(new Unread(last, 3), log.unread(FISHING, 0, author -> true));
        assertEquals(new Unread(last, 2), log.unread(FISHING, first, author -> true));
        assertEquals(new Unread(last, 0), log.unread(FISHING, last, author -> true));
        assertEquals(new Unread(last, 2), log.unread(FISHING, 0, author -> author.account() != 7));
        assertEquals(
                new Unread(last, 1),
                log.unread(FISHING, 0, author -> !author.name().key().equals("bob")));
        change(new MessageChange.Delete(last));
        assertEquals(new Unread(stored.get(1).id(), 2), log.unread(FISHING, 0, author -> true));
        assertEquals(new Unread(0, 0), log.unread(new ChannelId("empty"), 0, author -> true));
    }

    @Test
    void listsThePrivateChatsOfAnAccount() {
        long account = 1_000_000;
        List<ChannelId> chats = Stream.of(3L, 999_999L, 1_000_001L, 1L << 52)
                .map(other -> ChannelId.between(account, other))
                .sorted(Utf8Order.CHANNELS)
                .toList();
        chats.forEach(chat -> append(chat, 1));
        List.of(FISHING, ChannelId.between(3, 999_999), ChannelId.between(account * 36, 3), ChannelId.between(36, 37))
                .forEach(other -> append(other, 1));
        assertEquals(chats, log.privateChats(account, "", 10));
        assertEquals(chats.subList(0, 3), log.privateChats(account, "", 3));
        for (int i = 0; i < chats.size(); i++) {
            String after = chats.get(i).value();
            assertEquals(chats.subList(i + 1, chats.size()), log.privateChats(account, after, 10), after);
        }
        assertEquals(chats, log.privateChats(account, "9", 10));
        assertEquals(List.of(), log.privateChats(account, "A", 10));
        assertEquals(List.of(), log.privateChats(account + 2, "", 10));
    }

    @Test
    void refusesMessagesAfterItIsClosed() {
        for (int i = 0; i < 50; i++) {
            log.append(said.draft(FISHING, "message " + i));
        }
        log.close();
        assertEquals(50, said.stored().size());
        ChatException refused = assertThrows(ChatException.class, () -> log.append(said.draft(FISHING, "late")));
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertEquals(50, said.all().size());
    }
}
