package chat.weir.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.Member;
import chat.weir.command.ConnectionFixture;
import chat.weir.command.ConnectionFixture.Line;
import chat.weir.command.TestTransport;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.EventDraft;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ChannelId;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinRecoveryTest {
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final Author BOB = new Author(ConnectionFixture.name("bob"), Author.GUEST);
    private static final Author CARL = new Author(ConnectionFixture.name("carl"), Author.GUEST);
    private static final String RECOVERED =
            "{\"type\":\"connection\",\"id\":\"boats\",\"recovered\":\"true\",\"ref\":\"j\"}";
    private static final String NOT_RECOVERED = RECOVERED.replace("true", "false");

    private final MessageLog inMemory = new InMemoryMessageLog(Clock.systemUTC(), 1 << 20);

    /** Runs before the log is read. */
    private final AtomicReference<Runnable> beforeReading = new AtomicReference<>(() -> {});

    /** Whether events are held back instead of being stored. */
    private final AtomicBoolean holdsBack = new AtomicBoolean();

    private final List<EventDraft> heldBack = new CopyOnWriteArrayList<>();
    private final ConnectionFixture room = new ConnectionFixture(log());
    private final DraftOutcomes said = new DraftOutcomes();
    private final TestTransport transport = new TestTransport();
    private final Connection connection =
            room.connectionFactory.open(transport, "/fishing").orElseThrow();
    private final Line lineOfBob = new Line("192.0.2.2");

    @AfterEach
    void close() {
        room.close();
    }

    /** The log in memory, which tests can interrupt. */
    private MessageLog log() {
        return (MessageLog) Proxy.newProxyInstance(
                MessageLog.class.getClassLoader(), new Class<?>[] {MessageLog.class}, (proxy, method, args) -> {
                    if (method.getName().equals("append") && holdsBack.get()) {
                        heldBack.add((EventDraft) args[0]);
                        return null;
                    }
                    if (method.getName().equals("since")) {
                        beforeReading.getAndSet(() -> {}).run();
                    }
                    return method.invoke(inMemory, args);
                });
    }

    /** Stores a message that is published nowhere. @return its id */
    private long store(Author author, String text) {
        inMemory.append(said.draft(BOATS, author, text));
        return said.all().get(said.all().size() - 1).id();
    }

    private void store(Author author, MessageChange change) {
        inMemory.append(said.change(BOATS, author, change));
    }

    private Connection bob() {
        return room.guest(lineOfBob, "bob", "/boats");
    }

    private void say(Connection bob, String text) {
        room.send(bob, "{'type':'message','text':'" + text + "'}");
    }

    private Member join() {
        Member member = connection.identity().join(BOATS);
        transport.taken.clear();
        return member;
    }

    private void welcome(Member member, long since) {
        new JoinRecovery(room.missedMessages).welcome(connection, member, since, "j");
    }

    /** All frames so far. */
    private String received() {
        return String.join("", transport.taken);
    }

    private void awaitText(String text) {
        await().until(() -> received().contains(text));
    }

    private void assertInOrder(String... texts) {
        String all = received();
        int at = -1;
        for (String text : texts) {
            int next = all.indexOf(text);
            assertTrue(next > at, () -> text + " in " + all);
            assertEquals(next, all.lastIndexOf(text), () -> text + " once in " + all);
            at = next;
        }
    }

    @Test
    void greetsThenReplaysThenDeliversLiveEvents() {
        long seen = store(CARL, "seen");
        long id = store(CARL, "missed");
        store(CARL, new MessageChange.React(id, "A"));
        Connection bob = bob();
        welcome(join(), seen);
        say(bob, "live");
        awaitText("\"live\"");
        assertInOrder(RECOVERED, "\"missed\"", "\"react\"", "\"live\"");
        assertTrue(!received().contains("\"seen\""), this::received);
        assertEquals(4, received().split("\"channel\":\"boats\"", -1).length, "three events name their channel");
    }

    @Test
    void deliversOnceWhatIsPublishedWhileTheLogIsRead() {
        long seen = store(CARL, "seen");
        Connection bob = bob();
        say(bob, "before");
        await().until(() -> lineOfBob.has("\"before\""));
        beforeReading.set(() -> say(bob, "meanwhile"));
        welcome(join(), seen);
        say(bob, "live");
        awaitText("\"live\"");
        assertInOrder(RECOVERED, "\"before\"", "\"meanwhile\"", "\"live\"");
    }

    @Test
    void waitsForTheFirstEventOfAChannelThatIsBeingStored() {
        long seen = store(CARL, "seen");
        Connection bob = bob();
        holdsBack.set(true);
        say(bob, "first");
        Member member = join();
        welcome(member, seen);
        assertEquals("", received());
        holdsBack.set(false);
        heldBack.forEach(inMemory::append);
        say(bob, "live");
        awaitText("\"live\"");
        assertInOrder(RECOVERED, "\"first\"", "\"live\"");
    }

    @Test
    void welcomesWithoutAReplayIfTheLogNoLongerHasAll() {
        Connection bob = bob();
        long old = store(CARL, "old");
        for (int i = 0; i < 101; i++) {
            store(CARL, "message " + i);
        }
        welcome(join(), old - 1);
        say(bob, "live");
        awaitText("\"live\"");
        assertInOrder(NOT_RECOVERED, "\"live\"");
        assertTrue(!received().contains("\"message 100\""), this::received);
    }

    @Test
    void welcomesWithoutAReplayIfItTakesTooManyBytes() {
        long seen = store(CARL, "seen");
        for (int i = 0; i < 3; i++) {
            store(CARL, "missed ".repeat(50));
        }
        MissedMessages few = new MissedMessages(inMemory, room.workerPools, room.missedMessages.codec(), 500);
        new JoinRecovery(few).welcome(connection, join(), seen, "j");
        awaitText(NOT_RECOVERED);
        assertTrue(!received().contains("missed "), this::received);
    }

    @Test
    void leavesOutBlockedUsersButNotTheirDeletions() {
        long seen = store(CARL, "seen");
        long gone = store(BOB, "gone");
        long kept = store(CARL, "kept");
        store(BOB, "of bob");
        store(BOB, new MessageChange.Edit(gone, "new"));
        store(BOB, new MessageChange.React(kept, "A"));
        store(BOB, new MessageChange.Delete(gone));
        connection.memberships().changeBlocked(names -> names.with("bob"));
        welcome(join(), seen);
        awaitText("\"delete\"");
        assertInOrder(RECOVERED, "\"kept\"", "\"delete\"");
        assertTrue(!received().contains("of bob") && !received().contains("\"react\""), this::received);
    }
}
