package chat.weir.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.channel.Member;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.command.ConnectionFixture;
import chat.weir.command.TestTransport;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MembershipsTest {
    /** As many channels as a connection may be in here. */
    private static final int MAX = 10;

    private static final ChannelId FISHING = ConnectionFixture.FISHING;
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final ChannelId LAKES = new ChannelId("lakes");
    private static final Author ALICE = new Author(ConnectionFixture.name("alice"), Author.GUEST);
    private static final Author BOB = new Author(ConnectionFixture.name("bob"), Author.GUEST);

    private final ConnectionFixture room = new ConnectionFixture();
    private final TestTransport transport = new TestTransport();
    private final Connection connection = connect(transport, "/fishing");
    private final Memberships memberships = connection.memberships();
    private final Connection other = connect(new TestTransport(), "/boats");

    @AfterEach
    void close() {
        room.close();
    }

    private Connection connect(TestTransport to, String path) {
        return room.connectionFactory.open(to, path).orElseThrow();
    }

    private static void take(Connection client, Author guest) {
        assertTrue(client.identity().takeName(guest, null).isGranted());
    }

    private static void assertRefused(ErrorReason reason, Executable refused) {
        assertEquals(reason, assertThrows(ChatException.class, refused).reason());
    }

    private int members(ChannelId channel) {
        return room.channels.find(channel).map(one -> one.members().size()).orElse(0);
    }

    private boolean hasReceived(String text) {
        return transport.taken.stream().anyMatch(frames -> frames.contains(text));
    }

    private void joinMany(int count) {
        for (int i = 0; i < count; i++) {
            connection.identity().join(new ChannelId("channel" + i));
        }
    }

    @Test
    void findsTheChannelThatAnEnvelopeNames() {
        Member own = memberships.own();
        assertSame(own, memberships.in(null));
        assertSame(own, memberships.in(FISHING));
        assertRefused(ErrorReason.NOT_MEMBER, () -> memberships.in(BOATS));
        Member boats = connection.identity().join(BOATS);
        assertSame(boats, memberships.in(BOATS));
        assertEquals(List.of(own, boats), memberships.all());
        assertEquals(2, memberships.size());
    }

    @Test
    void joinsAChannelOnce() {
        connection.identity().join(LAKES);
        assertRefused(ErrorReason.ALREADY_MEMBER, () -> connection.identity().join(LAKES));
        assertRefused(ErrorReason.ALREADY_MEMBER, () -> connection.identity().join(FISHING));
        assertEquals(1, members(LAKES));
    }

    @Test
    void joinsNoMoreChannelsThanItMay() {
        joinMany(MAX - 1);
        assertRefused(ErrorReason.TOO_MANY_CHANNELS, () -> connection.identity().join(LAKES));
        assertEquals(0, members(LAKES));
        assertEquals(MAX, memberships.size());
    }

    @Test
    void leavesNoMemberBehindWhereTheNameIsTaken() {
        take(other, BOB);
        take(connection, BOB);
        assertRefused(ErrorReason.NAME_TAKEN, () -> connection.identity().join(BOATS));
        assertFalse(memberships.isIn(BOATS));
        assertEquals(1, members(BOATS));
    }

    @Test
    void takesANameInAllChannelsOrInNone() {
        take(other, BOB);
        take(connection, ALICE);
        Member lakes = connection.identity().join(LAKES);
        Member boats = connection.identity().join(BOATS);
        assertFalse(connection.identity().takeName(BOB, null).isGranted());
        for (Member member : memberships.all()) {
            assertTrue(member.channel().roster().guest(ALICE.name()).isPresent());
        }
        assertTrue(lakes.channel().roster().guest(BOB.name()).isEmpty());
        other.leaveAll();
        take(connection, BOB);
        for (Member member : memberships.all()) {
            assertTrue(member.channel().roster().guest(BOB.name()).isPresent());
            assertTrue(member.channel().roster().guest(ALICE.name()).isEmpty());
        }
        assertEquals(memberships.own().participant(), boats.participant());
    }

    @Test
    void replacesNobodyForANameThatIsTakenInAnotherChannel() {
        String secret = connection.identity().takeName(BOB, null).secret();
        take(other, BOB);
        Connection next = connect(new TestTransport(), "/boats");
        next.identity().join(FISHING);
        assertFalse(next.identity().takeName(BOB, secret).isGranted());
        assertFalse(connection.hasEnded());
        assertEquals(connection.identity().participant(), memberships.own().participant());
    }

    @Test
    void aSecretOfTheOwnChannelReplacesItsConnectionInAll() {
        String secret = connection.identity().takeName(BOB, null).secret();
        connection.identity().join(BOATS);
        TestTransport to = new TestTransport();
        Connection next = connect(to, "/fishing");
        next.identity().join(BOATS);
        assertTrue(next.identity().takeName(BOB, secret).isGranted());
        assertTrue(connection.hasEnded());
        assertEquals(2, members(BOATS), "the next and the other");
        assertEquals(1, members(FISHING));
    }

    @Test
    void entersOnlyItsOwnPrivateChats() {
        take(connection, BOB);
        take(other, ALICE);
        Connection third = connect(new TestTransport(), "/fishing");
        ChannelId chat = room.channels
                .privateChats()
                .between(connection.identity().participant(), other.identity().participant());
        assertRefused(ErrorReason.PRIVATE, () -> third.identity().join(chat));
        take(third, new Author(ConnectionFixture.name("carol"), Author.GUEST));
        assertRefused(ErrorReason.PRIVATE, () -> third.identity().join(chat));
        connection.identity().join(chat);
        assertEquals(1, members(chat));
        connection.identity().logOut();
        assertFalse(memberships.isIn(chat));
        await().until(() -> hasReceived("{\"type\":\"leave\",\"channel\":\"" + chat + "\"}"));
    }

    @Test
    void invitationsFillHalfOfTheChannels() {
        take(connection, BOB);
        take(other, ALICE);
        ChannelId chat = room.channels
                .privateChats()
                .between(connection.identity().participant(), other.identity().participant());
        ServerEnvelope.Private invitation = new ServerEnvelope.Private(chat, List.of(), null);
        joinMany(MAX / 2 - 1);
        connection.identity().invite(connection.identity().participant(), invitation);
        assertFalse(memberships.isIn(chat));
        await().until(() -> hasReceived("\"type\":\"private\""));
        memberships.leave(new Leave(new ChannelId("channel0"), null));
        connection.identity().invite(connection.identity().participant(), invitation);
        assertTrue(memberships.isIn(chat));
    }

    @Test
    void leavesAChannelThatItJoined() {
        take(connection, BOB);
        Member boats = connection.identity().join(BOATS);
        memberships.leave(new Leave(BOATS, "7"));
        assertFalse(memberships.isIn(BOATS));
        assertNull(boats.participant());
        assertEquals(1, members(BOATS));
        await().until(() -> hasReceived("{\"type\":\"leave\",\"channel\":\"boats\",\"ref\":\"7\"}"));
        assertRefused(ErrorReason.NOT_MEMBER, () -> memberships.leave(new Leave(BOATS, null)));
        assertRefused(ErrorReason.FORBIDDEN, () -> memberships.leave(new Leave(FISHING, null)));
    }

    @Test
    void isDisconnectedFromAJoinedChannelAlone() {
        connection.disconnect(BOATS, CloseCode.KICKED, "you were kicked");
        Member boats = connection.identity().join(BOATS);
        boats.disconnect(CloseCode.KICKED, "you were kicked");
        assertFalse(memberships.isIn(BOATS));
        assertFalse(connection.hasEnded());
        await().until(() -> hasReceived("{\"type\":\"leave\",\"channel\":\"boats\"}"));
        boats.disconnect(CloseCode.KICKED, "it has left already");
        assertFalse(connection.hasEnded());
        memberships.own().disconnect(CloseCode.KICKED, "you were kicked");
        assertTrue(connection.hasEnded());
        await().until(() -> hasReceived("you were kicked"));
    }

    @Test
    void hasTheSameBlockListInAllChannels() {
        Connection bob = connect(new TestTransport(), "/boats");
        take(bob, BOB);
        take(other, ALICE);
        connection.identity().join(BOATS);
        memberships.changeBlocked(blocked -> blocked.with(BOB.name().key()));
        memberships.listen();
        publish(bob, "hidden");
        publish(other, "first");
        await().until(() -> hasReceived("\"first\""));
        memberships.leave(new Leave(BOATS, null));
        connection.identity().join(BOATS);
        memberships.listen();
        publish(bob, "hidden too");
        publish(other, "second");
        await().until(() -> hasReceived("\"second\""));
        assertFalse(hasReceived("hidden"));
        memberships.changeBlocked(blocked -> BlockList.NONE);
        publish(bob, "seen");
        await().until(() -> hasReceived("\"seen\""));
    }

    private static void publish(Connection client, String text) {
        Member own = client.memberships().own();
        UserIdentity sender = new UserIdentity(
                client.identity().authorOrNull(), client.identity().participant());
        own.channel().publish(own, sender, text, 0, null);
    }

    @Test
    void leavesAllForGood() {
        take(connection, BOB);
        connection.identity().join(BOATS);
        connection.leaveAll();
        assertTrue(memberships.hasEnded());
        assertEquals(0, members(FISHING));
        assertEquals(1, members(BOATS));
        assertRefused(ErrorReason.TOO_MANY_CHANNELS, () -> connection.identity().join(LAKES));
        take(other, BOB);
    }
}
