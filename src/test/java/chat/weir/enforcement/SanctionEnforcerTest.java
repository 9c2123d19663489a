package chat.weir.enforcement;

import static chat.weir.command.ConnectionFixture.ADMIN;
import static chat.weir.command.ConnectionFixture.FISHING;
import static chat.weir.command.ConnectionFixture.IN_FISHING;
import static chat.weir.command.ConnectionFixture.PASSWORD;
import static chat.weir.command.ConnectionFixture.name;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.command.ConnectionFixture;
import chat.weir.command.ConnectionFixture.Line;
import chat.weir.connection.Connection;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A ban reaches all connections that it applies to, despite failures; and failures leave no members or logins behind.
 */
class SanctionEnforcerTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";
    private static final SanctionTerm FOR_GOOD = new SanctionTerm(null, Reason.NONE);
    private static final Actor BOB = new Actor(new Subject.OfGuest(name("bob"), HERE), false);

    private final ConnectionFixture room = new ConnectionFixture();
    private final SanctionEnforcer enforcer = new SanctionEnforcer(room.channels);
    private final BanSweep sweep = new BanSweep(room.channels, room.moderation, room.accessControl);
    private final Logger logger = (Logger) LoggerFactory.getLogger("chat.weir");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        room.close();
    }

    private Line open(String address) {
        Line line = new Line(address);
        assertTrue(room.connectionFactory.open(line, "/fishing").isPresent());
        return line;
    }

    private AuditEntry ban(Scope where) {
        return room.moderation.put(SanctionType.BAN, ADMIN, BOB, where, FOR_GOOD);
    }

    private AuditEntry entry(ModerationAction action, Subject target, Scope where, String detail) {
        return new AuditEntry(
                1, 0, "root", 1, action, where, target, new Reason("spam"), Duration.ofMinutes(1), detail);
    }

    private static boolean isGone(Line line) {
        return line.has("you are banned") || line.has("you were kicked");
    }

    @Test
    void kicksTheGuestWithTheNameAndNobodyElseAtTheAddress() {
        Line bob = new Line(HERE);
        Line other = open(HERE);
        Connection unused = room.guest(bob, "bob", "/fishing");
        enforcer.enforce(entry(ModerationAction.KICK, BOB.subject(), IN_FISHING, ""));
        await().until(() -> bob.has("you were kicked"));
        await().until(() ->
                other.has("{\"type\":\"kick\",\"user\":\"bob\",\"by\":\"root\",\"duration\":60,\"reason\":\"spam\"}"));
        assertFalse(isGone(other));
    }

    @Test
    void disconnectsEveryGuestAtABannedAddressButNoAccount() {
        Line guest = open(HERE);
        Line account = new Line(HERE);
        Connection connection = room.connectionFactory.open(account, "/fishing").orElseThrow();
        Account alice = room.accounts.register("alice", PASSWORD, ELSEWHERE, name -> {});
        room.send(connection, "{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        await().until(() -> account.has("complete"));
        enforcer.enforce(entry(ModerationAction.BAN, BOB.subject(), IN_FISHING, ""));
        await().until(() -> guest.has("you are banned"));
        assertFalse(isGone(account));
        enforcer.enforce(entry(ModerationAction.BAN, new Subject.OfAccount(alice.id(), alice.name()), IN_FISHING, ""));
        await().until(() -> account.has("you are banned"));
    }

    @Test
    void disconnectsNoGuestForTheBanOfAnAccountWithTheirName() {
        Line bob = new Line(HERE);
        Connection unused = room.guest(bob, "bob", "/fishing");
        enforcer.enforce(entry(ModerationAction.BAN, new Subject.OfAccount(7, name("bob")), IN_FISHING, ""));
        enforcer.enforce(entry(ModerationAction.MUTE, new Subject.OfGuest(name("carl"), null), IN_FISHING, ""));
        await("a later notice").until(() -> bob.has("\"mute\""));
        assertFalse(isGone(bob));
    }

    @Test
    void tellsAMutedGuestAndDisconnectsThemNot() {
        Line bob = new Line(HERE);
        Line elsewhere = new Line(ELSEWHERE);
        Connection one = room.guest(bob, "bob", "/fishing");
        Connection two = room.guest(elsewhere, "carl", "/boats");
        enforcer.enforce(entry(ModerationAction.MUTE, BOB.subject(), Scope.EVERYWHERE, ""));
        await().until(() -> bob.has("\"reason\":\"spam\",\"channel\":\"*\"}"));
        assertFalse(isGone(bob));
        assertFalse(elsewhere.has("\"mute\""), "none of the targets is there");
        assertFalse(one.hasEnded() || two.hasEnded());
    }

    @Test
    void announcesARoleButNotADeletion() {
        Line line = open(HERE);
        Subject alice = new Subject.OfAccount(7, name("alice"));
        enforcer.enforce(entry(ModerationAction.DELETE, alice, IN_FISHING, "17"));
        enforcer.enforce(entry(ModerationAction.ROLE, alice, IN_FISHING, "moderator"));
        await().until(() -> line.has("\"role\":\"moderator\""));
        assertFalse(line.has("\"delete\""));
    }

    private long errors() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void disconnectsUsersThatTheNotificationMissed(boolean isEverywhere) {
        Line banned = open(HERE);
        Line other = open(ELSEWHERE);
        AuditEntry unused = ban(isEverywhere ? Scope.EVERYWHERE : IN_FISHING);
        assertFalse(banned.has("you are banned"), "the ban has not been enforced yet");
        sweep.run();
        assertFalse(banned.has("you are banned"), "the enforcer may still do so");
        sweep.run();
        await().until(() -> banned.has("you are banned"));
        assertFalse(other.has("you are banned"));
        assertEquals(1, room.members());
    }

    @Test
    void doesNotDisconnectAfterTheBanWasLifted() {
        Line once = open(HERE);
        AuditEntry unused = ban(IN_FISHING);
        sweep.run();
        room.moderation.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE);
        sweep.run();
        assertFalse(once.has("you are banned"));
    }

    @Test
    void disconnectsTheOthersIfOneFails() {
        Line first = open(HERE);
        Line second = open(HERE);
        Line third = open(HERE);
        AuditEntry entry = ban(IN_FISHING);
        second.failing(new IllegalStateException("broken"));
        enforcer.enforce(entry);
        await().until(() -> first.has("you are banned") && third.has("you are banned"));
        assertEquals(1, errors(), logged.list::toString);
        assertEquals(1, room.members());
        sweep.run();
        sweep.run();
        assertEquals(0, room.members(), "the second one as well");
    }

    @Test
    void ignoresIncompleteConnections() {
        AuditEntry entry = ban(IN_FISHING);
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 3_000; i++) {
                open(ELSEWHERE);
            }
        });
        while (!flood.isDone()) {
            enforcer.enforce(entry);
            sweep.run();
        }
        flood.join();
        assertEquals(0, errors(), logged.list::toString);
        assertEquals(3_000, room.members());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fishing", "/fishing?since=1", "/fishing?heartbeat=pong"})
    void leavesNoMemberAfterAFailedOpen(String target) {
        for (Throwable why : new Throwable[] {new IllegalStateException("broken"), new StackOverflowError("deep")}) {
            Line line = new Line(ELSEWHERE).failing(why);
            assertTrue(room.connectionFactory.open(line, target).isEmpty());
            assertEquals(0, room.members());
            assertTrue(line.has("a fault in the server"));
        }
        assertEquals(2, errors());
    }

    @Test
    void leavesNoMemberAfterAFailedJoin() {
        AuditEntry unused = ban(IN_FISHING);
        Line line = new Line(ELSEWHERE);
        Connection connection = room.connectionFactory.open(line, "/boats").orElseThrow();
        line.failing(new IllegalStateException("broken"));
        room.send(connection, "{'type':'join','channel':'fishing'}");
        await().until(() -> errors() == 1);
        assertEquals(0, room.members());
    }

    @Test
    void isNotOnlineAfterAFailedLogin() {
        Account alice = room.accounts.register("alice", PASSWORD, ELSEWHERE, name -> {});
        AuditEntry unused = ban(IN_FISHING);
        Line line = new Line(ELSEWHERE);
        Connection connection = room.connectionFactory.open(line, "/fishing").orElseThrow();
        line.failing(new IllegalStateException("broken"));
        room.send(connection, "{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        await().until(() -> errors() == 1);
        await().until(() -> !room.logins.isOnline(alice.id()));
    }

    @Test
    void findsTheConnectionOfEveryMember() {
        open(HERE);
        room.channels.find(FISHING).orElseThrow().members().stream()
                .map(Member::client)
                .forEach(client -> assertTrue(client instanceof Connection));
    }
}
