package chat.weir.enforcement;

import static chat.weir.command.ConnectionFixture.ADMIN;
import static chat.weir.command.ConnectionFixture.FISHING;
import static chat.weir.command.ConnectionFixture.IN_FISHING;
import static chat.weir.command.ConnectionFixture.PASSWORD;
import static chat.weir.command.ConnectionFixture.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.account.Account;
import chat.weir.command.ConnectionFixture;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeletionPolicyTest {
    private static final long ID = 1_767_225_600_000_001L;
    private static final ChannelId BOATS = new ChannelId("boats");

    private final ConnectionFixture room = new ConnectionFixture();
    private final DeletionPolicy policy = new DeletionPolicy(room.accounts, room.moderation);

    @AfterEach
    void close() {
        room.close();
    }

    private Account registered(String name) {
        return room.accounts.register(name, PASSWORD, "192.0.2.1", unused -> {});
    }

    private static Actor actor(Account account) {
        return new Actor(new Subject.OfAccount(account.id(), account.name()), false);
    }

    private Account moderator(String name) {
        Account account = registered(name);
        AuditEntry unused = room.moderation.role(ADMIN, actor(account), FISHING, Role.MODERATOR);
        room.told.clear();
        return account;
    }

    private static StoredMessage message(Author author) {
        return new StoredMessage(ID, 1_767_225_600, author, "text");
    }

    private static StoredMessage messageOf(Account account) {
        return message(new Author(account.name(), account.id()));
    }

    private static StoredMessage messageOfGuest() {
        return message(new Author(name("bob"), Author.GUEST));
    }

    private void assertRefused(Actor by, ChannelId channel, StoredMessage message) {
        ChatException refusal = assertThrows(ChatException.class, () -> policy.permit(by, channel, message));
        assertEquals(ErrorReason.NOT_AUTHOR, refusal.reason());
    }

    /** Permits a deletion in fishing, and checks that it is recorded. */
    private void assertPermitted(Actor by, StoredMessage message, Subject author) {
        room.told.clear();
        policy.permit(by, FISHING, message);
        AuditEntry entry = room.told.get(0);
        assertEquals(1, room.told.size());
        assertEquals(ModerationAction.DELETE, entry.action());
        assertEquals(by.subject().name(), name(entry.by()));
        assertEquals(IN_FISHING, entry.scope());
        assertEquals(author, entry.target());
        assertEquals(String.valueOf(ID), entry.detail());
    }

    @Test
    void permitsModeratorsOfTheChannelAndRecordsIt() {
        Actor carol = actor(moderator("carol"));
        assertPermitted(carol, messageOfGuest(), new Subject.OfGuest(name("bob"), null));
        Account alice = registered("alice");
        assertPermitted(carol, messageOf(alice), actor(alice).subject());
        assertRefused(carol, BOATS, messageOfGuest());
    }

    @Test
    void permitsAdminsEverywhere() {
        Account carol = moderator("carol");
        assertPermitted(ADMIN, messageOf(carol), actor(carol).subject());
        policy.permit(ADMIN, BOATS, messageOfGuest());
    }

    @Test
    void refusesMembersAndGuests() {
        assertRefused(actor(registered("alice")), FISHING, messageOfGuest());
        assertRefused(new Actor(new Subject.OfGuest(name("eve"), "192.0.2.1"), false), FISHING, messageOfGuest());
        assertEquals(0, room.told.size());
    }

    @Test
    void refusesModeratorsWhoAreNotAboveTheAuthor() {
        Actor carol = actor(moderator("carol"));
        assertRefused(carol, FISHING, messageOf(moderator("dave")));
        room.accounts.ensureAdmin("root", PASSWORD);
        assertRefused(carol, FISHING, messageOf(room.accounts.find(name("root")).orElseThrow()));
    }

    @Test
    void permitsMutedModeratorsButNotBannedOnes() {
        Actor carol = actor(moderator("carol"));
        put(SanctionType.MUTE, carol);
        assertPermitted(carol, messageOfGuest(), new Subject.OfGuest(name("bob"), null));
        put(SanctionType.BAN, carol);
        assertRefused(carol, FISHING, messageOfGuest());
    }

    private void put(SanctionType type, Actor target) {
        AuditEntry unused = room.moderation.put(type, ADMIN, target, IN_FISHING, new SanctionTerm(null, Reason.NONE));
    }

    @Test
    void permitsDeletingMessagesOfDeletedAccounts() {
        Actor carol = actor(moderator("carol"));
        Account alice = registered("alice");
        room.accounts.delete(alice);
        assertPermitted(carol, messageOf(alice), actor(alice).subject());
    }
}
