package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.broadcast.BatchWriter;
import chat.weir.history.Author;
import chat.weir.history.DraftOutcomes;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes are published in a buffer whose cycle is run by the test, over the log in memory. */
class ChangePublisherTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final Author BOB = new Author(UserName.parse("bob").orElseThrow(), Author.GUEST);

    private final ChannelRegistryFixture fixture = new ChannelRegistryFixture();
    private final ChannelConfig config = fixture.config();
    private final Object lock = new Object();
    private final MemberList memberList = new MemberList();
    private final BroadcastBuffer broadcastBuffer = new BroadcastBuffer(lock, FISHING, config, memberList);
    private final PublishState publishState = new PublishState(new Semaphore(10));
    private final ChangePublisher publisher = new ChangePublisher(lock, config, broadcastBuffer, publishState);
    private final RecordingReceiver received = new RecordingReceiver();
    private final List<String> outcomes = new ArrayList<>();
    private Member member;
    private long message;

    @BeforeEach
    void sayOneMessage() {
        member = TestChannelClient.member(received, Member.Kind.OWN);
        memberList.add(member);
        memberList.setListening(member, true);
        DraftOutcomes said = new DraftOutcomes();
        config.log().append(said.draft(FISHING, "helo"));
        message = said.all().get(0).id();
        // The cycle counts as running until the test delivers, so that no other thread does.
        broadcastBuffer.toAll(new ServerEnvelope.Pong("begin", 0, null));
        assertTrue(broadcastBuffer.beginCycle());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** Records the outcome of a change, and how many bytes are to be broadcast by then. */
    private ChangeListener recordingListener() {
        int before = broadcastBuffer.waitingBytes();
        return new ChangeListener() {
            @Override
            public void done() {
                outcomes.add(broadcastBuffer.waitingBytes() > before ? "done after the broadcast" : "done");
            }

            @Override
            public void refused(ChatException why) {
                outcomes.add(why.reason().wireName());
            }
        };
    }

    private void submit(MessageChange change) {
        publisher.submit(BOB, change, recordingListener());
    }

    /** Delivers what waits. @return the envelopes behind the first one */
    private String delivered() {
        broadcastBuffer.runCycle(new BatchWriter());
        return String.join("", received.heard).replaceFirst("^\\{[^}]*\\}", "");
    }

    private long lastNumber() {
        return config.log().lastId(FISHING);
    }

    @Test
    void broadcastsAStoredChangeBeforeItIsConfirmed() {
        submit(new MessageChange.Edit(message, "hello"));
        assertEquals(List.of("done after the broadcast"), outcomes);
        assertEquals("hello", config.log().find(FISHING, message).orElseThrow().text());
        String edit = delivered();
        assertTrue(edit.startsWith("{\"type\":\"edit\",\"id\":" + message + ",\"text\":\"hello\""), edit);
        assertTrue(edit.endsWith("\"seq\":" + lastNumber() + "}"), edit);
        assertEquals(lastNumber(), publishState.lastId());
        assertTrue(publishState.isIdle());
    }

    @Test
    void confirmsAChangeWithoutEffectAndBroadcastsNothing() {
        submit(new MessageChange.Edit(message, "helo"));
        assertEquals(List.of("done"), outcomes);
        assertEquals("", delivered());
        assertEquals(0, publishState.lastId());
        assertTrue(publishState.isIdle());
    }

    @Test
    void refusesAChangeThatTheLogRefuses() {
        submit(new MessageChange.React(message - 1, "A"));
        assertEquals(List.of("no_such_message"), outcomes);
        assertEquals("", delivered());
        assertTrue(publishState.isIdle());
    }

    @Test
    void throwsIfTheLogTakesNoMore() {
        config.log().close();
        ChatException refusal = assertThrows(ChatException.class, () -> submit(new MessageChange.Delete(message)));
        assertEquals(ErrorReason.UNAVAILABLE, refusal.reason());
        assertEquals(List.of(), outcomes);
        assertTrue(publishState.isIdle());
    }

    @Test
    void storesNothingWhileTheServerIsStopping() {
        config.closing().set(true);
        ChatException refusal = assertThrows(ChatException.class, () -> submit(new MessageChange.Delete(message)));
        assertEquals("the server is stopping: the deletion was not delivered, try again", refusal.text());
        assertTrue(config.log().find(FISHING, message).isPresent());
        assertTrue(publishState.isIdle());
    }

    @Test
    void hidesAllButDeletionsFromMembersThatBlockTheAuthor() {
        memberList.setBlocked(member, Set.of(BOB.name().key()));
        submit(new MessageChange.Edit(message, "hello"));
        submit(new MessageChange.React(message, "A"));
        submit(new MessageChange.Delete(message));
        String all = delivered();
        assertTrue(all.startsWith("{\"type\":\"delete\",\"id\":" + message), all);
    }

    @Test
    void broadcastsAChangeThatIsFoundToBeStoredLater() {
        PendingChange pending = new PendingChange(
                FISHING, BOB, new MessageChange.Edit(message, "hello"), publisher, recordingListener());
        publishState.begin();
        pending.failed(new ChatException(ErrorReason.UNAVAILABLE, "in doubt"));
        pending.storedAfterFailure(message + 1, 7);
        assertEquals(List.of("unavailable"), outcomes, "answered once");
        assertEquals(message + 1, publishState.lastId());
        assertTrue(publishState.isIdle());
        assertTrue(delivered().contains("\"text\":\"hello\""));
    }

    @Test
    void runsTasksThatWaitForTheFirstNumber() {
        List<Long> firstNumbers = new ArrayList<>();
        publishState.begin();
        assertTrue(publishState.awaitFirst(() -> firstNumbers.add(publishState.lastId())));
        submit(new MessageChange.Edit(message, "helo"));
        assertEquals(List.of(), firstNumbers, "another change is still being stored");
        submit(new MessageChange.Edit(message, "hello"));
        assertEquals(List.of(lastNumber()), firstNumbers);
        assertFalse(publishState.awaitFirst(() -> {}));
    }

    @Test
    void answersTheMemberBehindTheChange() {
        publisher.submit(
                member,
                BOB,
                new MessageChange.Edit(message, "hello"),
                new ClientEnvelope.Edit(message, "hello", null, "7"));
        publisher.submit(
                member,
                BOB,
                new MessageChange.Edit(message - 1, "hello"),
                new ClientEnvelope.Edit(message - 1, "hello", null, "8"));
        String all = delivered();
        int change = all.indexOf("\"seq\"");
        int confirmation = all.indexOf("{\"type\":\"edit\",\"ref\":\"7\"}");
        int error = all.indexOf("\"reason\":\"no_such_message\"");
        assertTrue(change >= 0 && change < confirmation && confirmation < error, all);
        assertTrue(all.endsWith("\"ref\":\"8\"}"), all);
    }
}
