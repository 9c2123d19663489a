package chat.weir.enforcement;

import static chat.weir.command.ConnectionFixture.ADMIN;
import static chat.weir.command.ConnectionFixture.FISHING;
import static chat.weir.command.ConnectionFixture.IN_FISHING;
import static chat.weir.command.ConnectionFixture.PASSWORD;
import static chat.weir.command.ConnectionFixture.name;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.command.ConnectionFixture;
import chat.weir.command.ConnectionFixture.Line;
import chat.weir.connection.Connection;
import chat.weir.history.Author;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessControlTest {
    private static final ChannelId BOATS = new ChannelId("boats");
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";
    private static final Author BOB = guest("bob");
    private static final Author CARL = guest("carl");

    private final ConnectionFixture room = new ConnectionFixture();
    private final AccessControl accessControl = room.accessControl;

    @AfterEach
    void close() {
        room.close();
    }

    private static Author guest(String name) {
        return new Author(name(name), Author.GUEST);
    }

    private void put(SanctionType type, Subject target, Scope where, SanctionTerm term) {
        AuditEntry unused = room.moderation.put(type, ADMIN, new Actor(target, false), where, term);
    }

    /** On the guest bob at the address here, permanently. */
    private void putOnBob(SanctionType type) {
        put(type, new Subject.OfGuest(name("bob"), HERE), IN_FISHING, new SanctionTerm(null, Reason.NONE));
    }

    private Account registered(String name) {
        Account account = room.accounts.register(name, PASSWORD, ELSEWHERE, unused -> {});
        room.logins.add(account, null, connection(ELSEWHERE, "/other"));
        return account;
    }

    private Connection connection(String address, String path) {
        return room.connectionFactory.open(new Line(address), path).orElseThrow();
    }

    private List<Member> members(String address) {
        return connection(address, "/fishing").memberships().all();
    }

    private static ChatException assertRefused(ErrorReason reason, Runnable call) {
        ChatException refusal = assertThrows(ChatException.class, call::run);
        assertEquals(reason, refusal.reason());
        return refusal;
    }

    private void enter(ChannelId channel, Author author, String address) {
        accessControl.requireNotBanned(channel, author, Optional.of(address));
    }

    private void announce(Author author, String address) {
        accessControl.requireMayAnnounce(FISHING, author, Optional.of(address));
    }

    @Test
    void refusesABannedNameFromAnyAddressAndABannedAddressUnderAnyName() {
        putOnBob(SanctionType.BAN);
        assertRefused(ErrorReason.BANNED, () -> enter(FISHING, BOB, ELSEWHERE));
        assertRefused(ErrorReason.BANNED, () -> enter(FISHING, CARL, HERE));
        assertRefused(ErrorReason.BANNED, () -> accessControl.requireNotBanned(FISHING, null, Optional.of(HERE)));
        assertDoesNotThrow(() -> enter(FISHING, CARL, ELSEWHERE));
        assertDoesNotThrow(() -> enter(BOATS, BOB, HERE));
        assertDoesNotThrow(() -> accessControl.requireNotBanned(FISHING, null, Optional.of(ELSEWHERE)));
        assertDoesNotThrow(() -> accessControl.requireNotBanned(FISHING, null, Optional.empty()));
    }

    @Test
    void saysWhereWhyAndForHowLong() {
        Subject bob = new Subject.OfGuest(name("bob"), null);
        put(SanctionType.BAN, bob, IN_FISHING, new SanctionTerm(Duration.ofMinutes(1), new Reason("spam")));
        room.time.standStill(Duration.ofSeconds(20));
        ChatException refusal = assertRefused(ErrorReason.BANNED, () -> enter(FISHING, BOB, HERE));
        assertEquals("you are banned from the channel fishing: spam", refusal.text());
        assertEquals(40_000, refusal.retryAfterMillis());
        room.time.standStill(Duration.ofSeconds(40));
        assertDoesNotThrow(() -> enter(FISHING, BOB, HERE));
    }

    @Test
    void namesTheServerIfTheBanHoldsEverywhere() {
        put(
                SanctionType.BAN,
                new Subject.OfGuest(name("bob"), null),
                Scope.EVERYWHERE,
                new SanctionTerm(null, Reason.NONE));
        ChatException refusal = assertRefused(ErrorReason.BANNED, () -> enter(BOATS, BOB, HERE));
        assertEquals("you are banned from this server", refusal.text());
        assertEquals(0, refusal.retryAfterMillis());
    }

    @Test
    void refusesAnAccountAtABannedAddressOnlyIfItIsYoungerThanTheBan() {
        Account older = registered("older");
        room.time.advance(Duration.ofSeconds(1));
        putOnBob(SanctionType.BAN);
        room.time.advance(Duration.ofSeconds(1));
        Account younger = registered("younger");
        assertDoesNotThrow(() -> enter(FISHING, new Author(older.name(), older.id()), HERE));
        assertRefused(ErrorReason.BANNED, () -> enter(FISHING, new Author(younger.name(), younger.id()), HERE));
        assertDoesNotThrow(() -> enter(FISHING, new Author(younger.name(), younger.id()), ELSEWHERE));
    }

    @Test
    void refusesABannedAccountUnderAnyAddressButNotAGuestOfItsName() {
        Account alice = registered("alice");
        put(
                SanctionType.BAN,
                new Subject.OfAccount(alice.id(), alice.name()),
                IN_FISHING,
                new SanctionTerm(null, Reason.NONE));
        assertRefused(ErrorReason.BANNED, () -> enter(FISHING, new Author(alice.name(), alice.id()), HERE));
        assertDoesNotThrow(() -> enter(FISHING, guest("alice"), HERE));
    }

    @Test
    void refusesANameThatIsBannedFromOneOfTheClientsChannels() {
        List<Member> memberships = members(ELSEWHERE);
        putOnBob(SanctionType.BAN);
        assertRefused(ErrorReason.BANNED, () -> accessControl.requireNotBanned(memberships, BOB));
        assertTrue(accessControl.isBanned(memberships, BOB));
        assertDoesNotThrow(() -> accessControl.requireNotBanned(memberships, CARL));
        assertFalse(accessControl.isBanned(memberships, CARL));
    }

    @Test
    void disconnectsOnlyMembersThatAreBanned() {
        List<Member> banned = members(HERE);
        List<Member> others = members(ELSEWHERE);
        putOnBob(SanctionType.BAN);
        accessControl.disconnectIfBanned(banned);
        accessControl.disconnectIfBanned(others);
        assertEquals(others, room.channels.find(FISHING).orElseThrow().members());
    }

    @Test
    void letsAMutedUserEnterButNotSpeak() {
        Member member = members(HERE).get(0);
        assertDoesNotThrow(() -> accessControl.requireMaySpeak(member, BOB));
        putOnBob(SanctionType.MUTE);
        assertDoesNotThrow(() -> enter(FISHING, BOB, HERE));
        assertEquals(
                "you are muted in the channel fishing",
                assertRefused(ErrorReason.MUTED, () -> accessControl.requireMaySpeak(member, BOB))
                        .text());
        assertRefused(ErrorReason.MUTED, () -> accessControl.requireMaySpeak(member, CARL));
        assertDoesNotThrow(
                () -> accessControl.requireMaySpeak(members(ELSEWHERE).get(0), CARL));
    }

    @Test
    void letsAMutedUserAnnounceOnlyTheNameOnWhichTheMuteWasSet() {
        putOnBob(SanctionType.MUTE);
        assertDoesNotThrow(() -> announce(BOB, HERE));
        assertRefused(ErrorReason.MUTED, () -> announce(CARL, HERE));
        assertDoesNotThrow(() -> announce(CARL, ELSEWHERE));
        Member member = members(HERE).get(0);
        assertRefused(ErrorReason.MUTED, () -> accessControl.requireMayAnnounce(List.of(member), CARL));
        assertTrue(accessControl.isNameMuted(member, CARL));
        assertFalse(accessControl.isNameMuted(member, BOB));
    }

    @Test
    void letsAMutedUserKeepTheirNameButNotChangeIt() {
        List<Member> memberships = members(ELSEWHERE);
        assertDoesNotThrow(() -> accessControl.requireMayRename(memberships, BOB, name("carl")));
        putOnBob(SanctionType.MUTE);
        assertRefused(ErrorReason.MUTED, () -> accessControl.requireMayRename(memberships, BOB, name("carl")));
        assertRefused(ErrorReason.MUTED, () -> accessControl.requireMayRename(memberships, BOB, name("Bob")));
        assertDoesNotThrow(() -> accessControl.requireMayRename(memberships, BOB, name("bob")));
        assertDoesNotThrow(() -> accessControl.requireMayRename(memberships, CARL, name("dave")));
    }
}
