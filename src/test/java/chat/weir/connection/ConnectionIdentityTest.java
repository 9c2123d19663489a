package chat.weir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.channel.presence.NameClaim;
import chat.weir.channel.presence.Participant;
import chat.weir.command.ConnectionFixture;
import chat.weir.command.TestTransport;
import chat.weir.history.Author;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionIdentityTest {
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final Author ALICE = new Author(ConnectionFixture.name("alice"), Author.GUEST);
    private static final Author BOB = new Author(ConnectionFixture.name("bob"), Author.GUEST);
    private static final Account ACCOUNT = new Account(7, ConnectionFixture.name("bob"), Account.Role.MEMBER, 0, 0);
    private static final Author ACCOUNT_BOB = new Author(ACCOUNT.name(), ACCOUNT.id());

    private final ConnectionFixture room = new ConnectionFixture();
    private final Connection connection = connect();
    private final ConnectionIdentity identity = connection.identity();
    private final Member own = connection.memberships().own();

    @AfterEach
    void close() {
        room.close();
    }

    private Connection connect() {
        return room.connectionFactory.open(new TestTransport(), "/fishing").orElseThrow();
    }

    private boolean tick(ConnectionIdentity of) {
        return of.tick(room.time.clocks().nanoTime().getAsLong());
    }

    private static String take(ConnectionIdentity of, Author guest, @Nullable String resume) {
        NameClaim.Result result = of.takeName(guest, resume);
        assertTrue(result.isGranted());
        return result.secret();
    }

    /** Takes a name and answers heartbeats through the grace. */
    private String confirm(ConnectionIdentity of, Author guest) {
        String secret = take(of, guest, null);
        room.time.advance(Duration.ofSeconds(5));
        assertTrue(tick(of));
        return secret;
    }

    private void logIn(Connection client) {
        assertTrue(client.identity()
                .logIn(ACCOUNT_BOB, room.logins.add(ACCOUNT, null, client))
                .isGranted());
    }

    private static void assertRefused(ErrorReason reason, ConnectionIdentity of) {
        assertEquals(reason, assertThrows(ChatException.class, of::sender).reason());
        assertEquals(Author.GUEST, of.account());
    }

    @Test
    void isAnonymousAtFirst() {
        assertEquals(ConnectionState.ANONYMOUS, identity.connectionState());
        assertNull(identity.authorOrNull());
        assertNull(identity.participant());
        assertRefused(ErrorReason.UNAUTHENTICATED, identity);
        assertFalse(tick(identity));
    }

    @Test
    void isPendingUntilTheGraceHasPassed() {
        take(identity, BOB, null);
        assertEquals(ConnectionState.PENDING, identity.connectionState());
        assertEquals(BOB, identity.authorOrNull());
        assertRefused(ErrorReason.UNCONFIRMED, identity);
        room.time.advance(Duration.ofSeconds(4));
        assertFalse(tick(identity));
        assertNull(own.name());
        room.time.advance(Duration.ofSeconds(1));
        assertTrue(tick(identity));
        assertEquals(ConnectionState.AUTHENTICATED, identity.connectionState());
        assertEquals(BOB, identity.author());
        assertEquals(own.participant(), identity.sender().participant());
        assertEquals(BOB.name(), own.name());
    }

    @Test
    void onlyAnotherNameRestartsTheGrace() {
        take(identity, BOB, null);
        room.time.advance(Duration.ofSeconds(3));
        take(identity, new Author(ConnectionFixture.name("BOB"), Author.GUEST), null);
        room.time.advance(Duration.ofSeconds(1));
        take(identity, ALICE, null);
        room.time.advance(Duration.ofSeconds(3));
        assertFalse(tick(identity));
        take(identity, new Author(ConnectionFixture.name("ALICE"), Author.GUEST), null);
        room.time.advance(Duration.ofSeconds(2));
        assertTrue(tick(identity));
        assertEquals("ALICE", own.name().value());
    }

    @Test
    void staysAuthenticatedUnderAnotherName() {
        confirm(identity, BOB);
        Participant before = identity.participant();
        take(identity, ALICE, null);
        assertEquals(ALICE, identity.author());
        assertEquals(ALICE.name(), own.name());
        assertEquals(before, identity.participant());
        take(connect().identity(), BOB, null);
    }

    @Test
    void changesNothingIfTheNameIsTaken() {
        confirm(connect().identity(), ALICE);
        confirm(identity, BOB);
        assertFalse(identity.takeName(ALICE, null).isGranted());
        assertEquals(BOB, identity.author());
        assertEquals(BOB.name(), own.name());
    }

    @Test
    void aSilentClientLosesItsNameAndMayTakeItBack() {
        String secret = confirm(identity, BOB);
        Participant before = identity.participant();
        assertTrue(identity.fallSilent());
        assertFalse(identity.fallSilent(), "it has none any more");
        assertEquals(ConnectionState.ANONYMOUS, identity.connectionState());
        assertNull(own.name());
        ChatException refusal = assertThrows(ChatException.class, identity::sender);
        assertEquals(ErrorReason.UNAUTHENTICATED, refusal.reason());
        assertTrue(refusal.text().contains("you have lost your name"), refusal.text());
        take(identity, BOB, secret);
        assertEquals(BOB, identity.author());
        assertEquals(before, identity.participant());
    }

    @Test
    void logsOutForGood() {
        String secret = confirm(identity, BOB);
        Participant before = identity.participant();
        identity.logOut();
        assertEquals(ConnectionState.ANONYMOUS, identity.connectionState());
        assertNull(own.name());
        take(identity, BOB, secret);
        assertEquals(ConnectionState.PENDING, identity.connectionState());
        assertNotEquals(before, identity.participant());
    }

    @Test
    void resetLeavesOnlyTheOwnChannel() {
        confirm(identity, BOB);
        identity.join(BOATS);
        identity.reset();
        assertEquals(ConnectionState.ANONYMOUS, identity.connectionState());
        assertEquals(List.of(own), connection.memberships().all());
    }

    @Test
    void theSecretReplacesAnEarlierConnection() {
        String secret = confirm(identity, BOB);
        Participant before = identity.participant();
        Connection next = connect();
        take(next.identity(), BOB, secret);
        assertEquals(BOB, next.identity().author());
        assertEquals(before, next.identity().participant());
        assertTrue(connection.hasEnded());
        assertEquals(1, room.members());
    }

    @Test
    void anAccountIsAuthenticatedAtOnce() {
        confirm(identity, ALICE);
        logIn(connection);
        assertEquals(ACCOUNT_BOB, identity.author());
        assertEquals(ACCOUNT.id(), identity.account());
        assertEquals(Participant.account(ACCOUNT.id()), identity.participant());
        assertEquals(ACCOUNT.name(), own.name());
        Connection second = connect();
        logIn(second);
        assertEquals(ACCOUNT_BOB, second.identity().author());
        assertFalse(connection.hasEnded(), "an account may be connected many times");
    }

    @Test
    void endsTheLoginWithTheName() {
        logIn(connection);
        identity.logOut();
        assertFalse(room.logins.isOnline(ACCOUNT.id()));
        logIn(connection);
        assertTrue(identity.fallSilent());
        assertFalse(room.logins.isOnline(ACCOUNT.id()));
        logIn(connection);
        connection.leaveAll();
        assertFalse(room.logins.isOnline(ACCOUNT.id()));
    }

    @Test
    void aGuestAfterALoginIsAnotherParticipant() {
        logIn(connection);
        take(identity, ALICE, null);
        assertTrue(identity.participant().isGuest());
    }

    @Test
    void joinsUnderItsName() {
        confirm(identity, BOB);
        Member boats = identity.join(BOATS);
        assertEquals(BOB.name(), boats.name());
        assertEquals(own.participant(), boats.participant());
        take(identity, ALICE, null);
        assertEquals(ALICE.name(), boats.name());
        assertTrue(identity.fallSilent());
        assertNull(boats.name());
    }

    @Test
    void confirmsItsNameInAllChannels() {
        take(identity, BOB, null);
        Member boats = identity.join(BOATS);
        assertNull(boats.name());
        room.time.advance(Duration.ofSeconds(5));
        assertTrue(tick(identity));
        assertEquals(BOB.name(), boats.name());
    }

    @Test
    void staysPendingWhileAMuteForbidsToAnnounceTheName() {
        Actor muted = new Actor(new Subject.OfGuest(ConnectionFixture.name("carol"), "192.0.2.1"), false);
        take(identity, BOB, null);
        AuditEntry unused = room.moderation.put(
                SanctionType.MUTE,
                ConnectionFixture.ADMIN,
                muted,
                ConnectionFixture.IN_FISHING,
                new SanctionTerm(Duration.ofMinutes(1), Reason.NONE));
        room.time.advance(Duration.ofSeconds(30));
        assertFalse(tick(identity));
        assertEquals(ConnectionState.PENDING, identity.connectionState());
        room.time.advance(Duration.ofSeconds(31));
        assertTrue(tick(identity));
        assertEquals(BOB.name(), own.name());
    }

    @Test
    void acceptsAnInvitationOnlyAsTheExpectedParticipant() {
        Connection inviter = connect();
        confirm(identity, BOB);
        confirm(inviter.identity(), ALICE);
        ChannelId chat = room.channels
                .privateChats()
                .between(identity.participant(), inviter.identity().participant());
        ServerEnvelope.Private invitation = new ServerEnvelope.Private(chat, List.of(ALICE.name(), BOB.name()), null);
        identity.invite(inviter.identity().participant(), invitation);
        assertFalse(connection.memberships().isIn(chat));
        identity.invite(identity.participant(), invitation);
        assertTrue(connection.memberships().isIn(chat));
        Participant before = identity.participant();
        identity.logOut();
        assertFalse(connection.memberships().isIn(chat), "the chat is not theirs any more");
        identity.invite(before, invitation);
        assertFalse(connection.memberships().isIn(chat));
    }

    @Test
    void leavesOnceAndTakesNoNameAfterwards() {
        String secret = confirm(identity, BOB);
        assertTrue(identity.leaveAll());
        assertFalse(identity.leaveAll());
        assertFalse(identity.takeName(BOB, secret).isGranted());
        assertThrows(ChatException.class, () -> identity.join(BOATS));
        assertEquals(0, room.members());
        Connection next = connect();
        take(next.identity(), BOB, secret);
        assertEquals(BOB, next.identity().author(), "the secret gets it back");
    }
}
