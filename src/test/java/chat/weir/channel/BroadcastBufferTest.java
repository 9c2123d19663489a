package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.broadcast.BatchWriter;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import chat.weir.worker.MemoryBudget;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastBufferTest {
    private static final String PLAIN = "{\"type\":\"typing\",\"user\":\"bob\"}";
    private static final String TAGGED = "{\"type\":\"typing\",\"user\":\"bob\",\"channel\":\"fishing\"}";
    private static final ServerEnvelope TYPING =
            new ServerEnvelope.Typing(UserName.parse("bob").orElseThrow(), false);

    private final ChannelId id = new ChannelId("fishing");
    private final MemberList memberList = new MemberList();
    private final MemoryBudget budget = new MemoryBudget(1_000);
    private final ChannelRegistryFixture fixture = new ChannelRegistryFixture(budget);
    private final BroadcastBuffer broadcastBuffer = new BroadcastBuffer(new Object(), id, fixture.config(), memberList);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Member member(RecordingReceiver ear, Member.Kind kind) {
        Member member = TestChannelClient.member(ear, kind);
        memberList.add(member);
        memberList.setListening(member, true);
        return member;
    }

    private void deliver() {
        assertTrue(broadcastBuffer.beginCycle());
        broadcastBuffer.runCycle(new BatchWriter());
    }

    @Test
    void encodesOnceForOwnAndOnceForJoinedMembers() {
        RecordingReceiver[] ears = {
            new RecordingReceiver(), new RecordingReceiver(), new RecordingReceiver(), new RecordingReceiver()
        };
        member(ears[0], Member.Kind.OWN);
        member(ears[1], Member.Kind.JOINED);
        member(ears[2], Member.Kind.OWN);
        member(ears[3], Member.Kind.JOINED);
        broadcastBuffer.toAll(TYPING);
        assertEquals(
                PLAIN.length() + 2 + TAGGED.length() + 2,
                broadcastBuffer.waitingBytes(),
                "two frames, with their heads");
        deliver();
        assertEquals(List.of(PLAIN), ears[0].heard);
        assertEquals(List.of(TAGGED), ears[1].heard);
        assertEquals(List.of(PLAIN), ears[2].heard);
        assertEquals(List.of(TAGGED), ears[3].heard);
    }

    @Test
    void encodesOnlyUsedVariants() {
        broadcastBuffer.toAll(TYPING);
        assertEquals(0, broadcastBuffer.waitingBytes());
        Member own = member(new RecordingReceiver(), Member.Kind.OWN);
        broadcastBuffer.toAll(TYPING);
        assertEquals(PLAIN.length() + 2, broadcastBuffer.waitingBytes());
        memberList.remove(own);
        member(new RecordingReceiver(), Member.Kind.JOINED);
        broadcastBuffer.toAll(TYPING);
        assertEquals(PLAIN.length() + 2 + TAGGED.length() + 2, broadcastBuffer.waitingBytes());
    }

    @Test
    void deliversFramesOfAnEarlierMembershipFirst() {
        JsonCodec codec = new JsonCodec();
        RecordingReceiver ear = new RecordingReceiver();
        Member before = member(ear, Member.Kind.JOINED);
        broadcastBuffer.toAll(TYPING);
        broadcastBuffer.to(before, codec.encode(new ServerEnvelope.Left(id, "gone")));
        memberList.remove(before);
        Member after = member(ear, Member.Kind.JOINED);
        broadcastBuffer.to(after, codec.encode(new ServerEnvelope.Left(id, "back")));
        broadcastBuffer.startFor(after);
        broadcastBuffer.toAll(TYPING);
        deliver();
        String left = "{\"type\":\"leave\",\"channel\":\"fishing\",\"ref\":\"%s\"}";
        assertEquals(List.of(left.formatted("gone"), left.formatted("back") + TAGGED), ear.heard);
        assertEquals(0, ear.reserved);
    }

    @Test
    void skipsExcludedMembers() {
        RecordingReceiver own = new RecordingReceiver();
        RecordingReceiver joined = new RecordingReceiver();
        RecordingReceiver other = new RecordingReceiver();
        Member first = member(own, Member.Kind.OWN);
        Member second = member(joined, Member.Kind.JOINED);
        member(other, Member.Kind.OWN);
        ServerEnvelope pong = new ServerEnvelope.Pong("x", 1, null);
        broadcastBuffer.toAll(pong);
        broadcastBuffer.toAllBut(List.of(first, second, first), TYPING);
        broadcastBuffer.to(first, TYPING);
        broadcastBuffer.toAll(pong);
        deliver();
        String said = "{\"type\":\"pong\",\"connection\":\"x\",\"timestamp\":1}";
        String tagged = said.replace("}", ",\"channel\":\"fishing\"}");
        assertEquals(List.of(said + PLAIN + said), own.heard, "once, as an aside");
        assertEquals(List.of(tagged + tagged), joined.heard);
        assertEquals(List.of(said + PLAIN + said), other.heard);
    }

    @Test
    void countsQueuedBytesUntilDelivery() {
        RecordingReceiver ear = new RecordingReceiver();
        Member member = member(ear, Member.Kind.OWN);
        RecordingReceiver gone = new RecordingReceiver();
        Member left = TestChannelClient.member(gone, Member.Kind.OWN);
        broadcastBuffer.toAll(TYPING);
        broadcastBuffer.to(member, TYPING);
        broadcastBuffer.to(left, TYPING);
        assertEquals(PLAIN.length() + 2, budget.used());
        assertTrue(ear.reserved > PLAIN.length());
        assertTrue(gone.reserved > PLAIN.length());
        deliver();
        assertEquals(0, budget.used());
        assertEquals(0, ear.reserved);
        assertEquals(0, gone.reserved);
    }

    @Test
    void disconnectsAMemberOverItsQueueLimit() {
        RecordingReceiver ear = new RecordingReceiver();
        ear.room = 500;
        RecordingReceiver other = new RecordingReceiver();
        Member member = member(ear, Member.Kind.OWN);
        member(other, Member.Kind.OWN);
        for (int i = 0; i < 100; i++) {
            broadcastBuffer.to(member, TYPING);
        }
        broadcastBuffer.toAll(TYPING);
        assertTrue(ear.reserved <= 500);
        deliver();
        assertEquals(0, ear.reserved);
        assertTrue(ear.heard.get(ear.heard.size() - 1).contains("too slowly"), ear.heard::toString);
        assertEquals(2, ear.heard.size());
        assertEquals(List.of(PLAIN), other.heard);
    }

    @Test
    void deliversNothingToNoMembers() {
        Member gone = TestChannelClient.member(new RecordingReceiver(), Member.Kind.OWN);
        broadcastBuffer.toAllBut(List.of(gone), TYPING);
        assertEquals(false, broadcastBuffer.beginCycle());
    }
}
