package chat.weir.enforcement;

import static chat.weir.command.ConnectionFixture.ADMIN;
import static chat.weir.command.ConnectionFixture.FISHING;
import static chat.weir.command.ConnectionFixture.IN_FISHING;
import static chat.weir.command.ConnectionFixture.PASSWORD;
import static chat.weir.command.ConnectionFixture.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SanctionTargetsTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final ConnectionFixture room = new ConnectionFixture();
    private final RecentSenders recentSenders =
            new RecentSenders(10, room.time.clocks().nanoTime());
    private final SanctionTargets targets =
            new SanctionTargets(room.accounts, room.moderation, new ChannelPeopleFinder(room.channels, recentSenders));

    @AfterEach
    void close() {
        room.close();
    }

    private static Actor guest(@Nullable String address) {
        return new Actor(new Subject.OfGuest(name("bob"), address), false);
    }

    private Account register() {
        return room.accounts.register("bob", PASSWORD, ELSEWHERE, unused -> {});
    }

    private static Actor actor(Account account) {
        return new Actor(new Subject.OfAccount(account.id(), account.name()), false);
    }

    private Actor inFishing() {
        return targets.named(name("bob"), IN_FISHING);
    }

    private void ban(Actor target) {
        AuditEntry unused =
                room.moderation.put(SanctionType.BAN, ADMIN, target, IN_FISHING, new SanctionTerm(null, Reason.NONE));
    }

    @Test
    void findsAnyGuestWithoutAddressIfTheNameIsUnknown() {
        assertEquals(guest(null), inFishing());
        assertEquals(guest(null), targets.named(name("bob"), Scope.EVERYWHERE));
        assertEquals(Optional.empty(), targets.account(name("bob")));
    }

    @Test
    void findsThePresentGuestBeforeTheAccountInAChannelAndAfterItEverywhere() {
        Connection unused = room.guest(new Line(HERE), "bob", "/fishing");
        assertEquals(guest(HERE), inFishing());
        assertEquals(guest(HERE), targets.named(name("bob"), Scope.EVERYWHERE));
        Account account = register();
        assertEquals(guest(HERE), inFishing());
        assertEquals(actor(account), targets.named(name("bob"), Scope.EVERYWHERE));
        assertEquals(Optional.of(actor(account)), targets.account(name("bob")));
    }

    @Test
    void findsTheRecentSenderBeforeTheAccount() {
        recentSenders.record(FISHING, new Author(name("bob"), Author.GUEST), Optional.of(HERE));
        Account account = register();
        assertEquals(guest(HERE), inFishing());
        assertEquals(actor(account), targets.named(name("bob"), Scope.of(new ChannelId("boats"))));
    }

    @Test
    void findsTheGuestBehindADeletedAccountThatSentMessages() {
        Account account = register();
        recentSenders.record(FISHING, new Author(account.name(), account.id()), Optional.of(HERE));
        assertEquals(actor(account), inFishing());
        room.accounts.delete(account);
        assertEquals(new Subject.OfGuest(name("bob"), HERE), inFishing().subject());
    }

    @Test
    void knowsAnAdminByTheirAccount() {
        room.accounts.ensureAdmin("bob", PASSWORD);
        assertTrue(inFishing().isAdmin());
    }

    @Test
    void liftsFromThoseOnWhomASanctionWasSetAndFromThePresentGuest() {
        ban(guest(ELSEWHERE));
        Account account = register();
        ban(actor(account));
        assertEquals(
                List.of(actor(account).subject().key(), "bob"),
                targets.held(SanctionType.BAN, name("bob"), IN_FISHING).stream()
                        .map(target -> target.subject().key())
                        .sorted()
                        .toList());
        assertEquals(List.of(actor(account)), targets.held(SanctionType.MUTE, name("bob"), IN_FISHING));
        Connection unused = room.guest(new Line(HERE), "bobby", "/boats");
        assertEquals(
                List.of(new Actor(new Subject.OfGuest(name("bobby"), null), false)),
                targets.held(SanctionType.BAN, name("bobby"), IN_FISHING));
    }

    @Test
    void liftsFromAnAccountThatWasDeletedSince() {
        Account account = register();
        ban(actor(account));
        room.accounts.delete(account);
        assertEquals(List.of(actor(account), guest(null)), targets.held(SanctionType.BAN, name("bob"), IN_FISHING));
    }
}
