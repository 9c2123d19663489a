package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles, the audit log, and several nodes, on every engine. */
abstract class SanctionTransactionsContract extends ModerationFixture {

    private List<AuditEntry> audit() {
        return new AuditLog(database).page(AuditLog.NEWEST, 100);
    }

    private Role role(Moderation at, long account, ChannelId channel) {
        return at.roleOf(account, false, channel);
    }

    @Test
    void makesAModeratorOfOneChannel() {
        AuditEntry entry = moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        assertEquals("moderator", entry.detail());
        for (Moderation at : List.of(moderation, node())) {
            assertEquals(Role.MODERATOR, role(at, 2, FISHING));
            assertEquals(Role.MEMBER, role(at, 2, BOATS));
            assertEquals(Role.MEMBER, role(at, 3, FISHING));
            assertEquals(Role.ADMIN, at.roleOf(2, true, FISHING));
            assertEquals(List.of(2L), at.moderatorsOf(FISHING));
            assertEquals(List.of(FISHING), at.channelsOf(2));
        }
        moderation.role(ADMIN, ALICE, FISHING, Role.MEMBER);
        for (Moderation at : List.of(moderation, node())) {
            assertEquals(Role.MEMBER, role(at, 2, FISHING));
        }
        moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        assertEquals(Role.MODERATOR, role(node(), 2, FISHING));
    }

    @Test
    void refusesInvalidRoles() {
        assertReply(ErrorCode.MALFORMED, () -> moderation.role(ADMIN, ALICE, FISHING, Role.ADMIN));
        assertReply(ErrorCode.MALFORMED, () -> moderation.role(ADMIN, BOB, FISHING, Role.MODERATOR));
        assertReply(ErrorCode.CONFLICT, () -> moderation.role(ADMIN, ALICE, FISHING, Role.MEMBER));
        Moderation small = node(database, 1);
        small.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        assertReply(ErrorCode.CONFLICT, () -> small.role(ADMIN, ALICE, FISHING, Role.MODERATOR));
        assertReply(ErrorCode.CONFLICT, () -> small.role(ADMIN, CAROL, FISHING, Role.MODERATOR));
        assertEquals(1, audit().size());
    }

    @Test
    void checksThePolicyBeforeEveryAction() {
        moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        List<Runnable> refused = List.of(
                () -> moderation.put(SanctionType.BAN, CAROL, BOB, IN_FISHING, forGood("")),
                () -> moderation.put(SanctionType.BAN, BOB, CAROL, IN_FISHING, forGood("")),
                () -> moderation.put(SanctionType.MUTE, ALICE, BOB, IN_BOATS, forGood("")),
                () -> moderation.put(SanctionType.BAN, ALICE, BOB, Scope.EVERYWHERE, forGood("")),
                () -> moderation.put(SanctionType.BAN, ALICE, ALICE, IN_FISHING, forGood("")),
                () -> moderation.put(SanctionType.BAN, ALICE, ADMIN, IN_FISHING, forGood("")),
                () -> moderation.lift(SanctionType.MUTE, CAROL, BOB, IN_FISHING, Reason.NONE),
                () -> moderation.kick(CAROL, BOB, IN_FISHING, Reason.NONE),
                () -> moderation.delete(CAROL, BOB, FISHING, 1, Reason.NONE),
                () -> moderation.delete(ALICE, ADMIN, FISHING, 1, Reason.NONE),
                () -> moderation.role(ALICE, CAROL, FISHING, Role.MODERATOR));
        refused.forEach(action -> assertReply(ErrorCode.FORBIDDEN, action));
        assertEquals(1, audit().size());
        assertEquals(List.of(), stored());
        assertTrue(
                moderation.refusal(ALICE, ModerationAction.BAN, BOB, IN_FISHING).isEmpty());
        moderation.put(SanctionType.BAN, ALICE, BOB, IN_FISHING, forGood(""));
        assertTrue(isBanned(BOB));
    }

    @Test
    void refusesAnActorWhoseRoleAnotherNodeHasJustRevoked() {
        moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        node().role(ADMIN, ALICE, FISHING, Role.MEMBER);
        assertEquals(Role.MODERATOR, role(moderation, 2, FISHING), "this node has not been notified yet");
        assertReply(ErrorCode.FORBIDDEN, () -> moderation.put(SanctionType.BAN, ALICE, BOB, IN_FISHING, forGood("")));
        assertEquals(Role.MEMBER, role(moderation, 2, FISHING));
        assertEquals(List.of(), stored());
    }

    @Test
    void recordsEveryAction() {
        List<AuditEntry> lines = new ArrayList<>();
        lines.add(moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR));
        time.advance(Duration.ofSeconds(5));
        lines.add(moderation.put(
                SanctionType.MUTE,
                ALICE,
                BOB,
                IN_FISHING,
                new SanctionTerm(Duration.ofMinutes(10), new Reason("caf\u00e9 \ud83d\udc1f"))));
        lines.addAll(moderation.lift(SanctionType.MUTE, ALICE, BOB, IN_FISHING, new Reason("enough")));
        lines.add(moderation.kick(ALICE, BOB, IN_FISHING, new Reason("out")));
        lines.add(moderation.delete(ALICE, guest("bob", null), FISHING, 1652997756123456L, Reason.NONE));
        lines.add(moderation.put(SanctionType.BAN, ADMIN, CAROL, Scope.EVERYWHERE, forGood("spam")));
        lines.addAll(moderation.lift(SanctionType.BAN, ADMIN, CAROL, Scope.EVERYWHERE, Reason.NONE));
        assertEquals(lines, notified);
        List<AuditEntry> oldestFirst = new ArrayList<>(audit());
        Collections.reverse(oldestFirst);
        assertEquals(lines, oldestFirst);
        assertEquals(
                LongStream.rangeClosed(1, 7).boxed().toList(),
                lines.stream().map(AuditEntry::id).toList());

        AuditEntry mute = oldestFirst.get(1);
        assertEquals("alice", mute.by());
        assertEquals(2, mute.byAccount());
        assertEquals(ModerationAction.MUTE, mute.action());
        assertEquals(BOB.subject(), mute.target());
        assertEquals(Duration.ofMinutes(10), mute.duration());
        assertEquals(time.clocks().clock().millis(), mute.happenedAtMillis());
        assertEquals("1652997756123456", oldestFirst.get(4).detail());
        assertNull(oldestFirst.get(5).duration());
    }

    @Test
    void pagesTheAudit() {
        List<Scope> scopes = IntStream.range(0, 1_200)
                .mapToObj(i -> Scope.of(new ChannelId("c" + i)))
                .collect(Collectors.toList());
        scopes.set(1_100, IN_FISHING);
        for (int i = 0; i < 5; i++) {
            moderation.kick(ADMIN, BOB, IN_FISHING, Reason.NONE);
            moderation.kick(ADMIN, BOB, IN_BOATS, Reason.NONE);
        }
        moderation.kick(ADMIN, BOB, scopes.get(3), Reason.NONE);
        moderation.kick(ADMIN, BOB, Scope.EVERYWHERE, Reason.NONE);
        AuditLog auditLog = new AuditLog(database);
        assertEquals(List.of(12L, 11L, 10L), ids(auditLog.page(AuditLog.NEWEST, 3)));
        assertEquals(List.of(9L, 8L), ids(auditLog.page(10, 2)));
        assertEquals(List.of(1L), ids(auditLog.page(2, 100)));
        assertEquals(List.of(), ids(auditLog.page(1, 100)));
        assertEquals(List.of(12L), ids(auditLog.page(AuditLog.NEWEST, -1)), "SQLite would treat it as no limit");
        assertEquals(List.of(9L, 7L), ids(auditLog.page(Set.of(IN_FISHING), AuditLog.NEWEST, 2)));
        assertEquals(List.of(5L, 3L, 1L), ids(auditLog.page(Set.of(IN_FISHING), 7, 10)));
        assertEquals(List.of(11L, 9L, 7L), ids(auditLog.page(scopes, AuditLog.NEWEST, 3)));
        assertEquals(List.of(12L), ids(auditLog.page(Set.of(Scope.EVERYWHERE), AuditLog.NEWEST, 3)));
        assertEquals(List.of(), ids(auditLog.page(Set.of(), AuditLog.NEWEST, 3)));
    }

    private static List<Long> ids(List<AuditEntry> lines) {
        return lines.stream().map(AuditEntry::id).toList();
    }

    @Test
    void appliesTheActionsOfAnotherNode() {
        Moderation other = node();
        other.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, seconds(60));
        other.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        notified.clear();
        assertFalse(isBanned(BOB));
        moderation.refresh();
        assertEquals(List.of(ModerationAction.BAN, ModerationAction.ROLE), actions());
        assertTrue(isBanned(BOB));
        assertTrue(isBanned(guest("carl", HERE)));
        assertEquals(Role.MODERATOR, role(moderation, 2, FISHING));
        moderation.refresh();
        assertEquals(2, notified.size(), "no entry is applied twice");

        other.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE);
        other.role(ADMIN, ALICE, FISHING, Role.MEMBER);
        moderation.refresh();
        assertFalse(isBanned(BOB));
        assertFalse(isBanned(guest("carl", HERE)));
        assertEquals(Role.MEMBER, role(moderation, 2, FISHING));
    }

    @Test
    void appliesThousandsOfEntries() {
        Moderation other = node();
        long now = time.clocks().clock().millis();
        database.transaction(handle -> {
            AuditTable audit = new AuditTable(handle);
            for (int i = 0; i < 2_000; i++) {
                audit.insert(new AuditEntry(
                        audit.next(),
                        now,
                        "root",
                        1,
                        ModerationAction.KICK,
                        IN_BOATS,
                        BOB.subject(),
                        Reason.NONE,
                        null,
                        ""));
            }
            return 0;
        });
        other.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""));
        notified.clear();
        moderation.refresh();
        assertTrue(isBanned(BOB));
        assertEquals(LongStream.rangeClosed(1, 2_001).boxed().toList(), ids(notified));
    }

    @Test
    void notifiesOnlyOfActiveSanctionsAfterAnOutage() {
        Moderation other = node();
        Actor carl = guest("carl", ELSEWHERE);
        other.put(SanctionType.BAN, ADMIN, carl, IN_FISHING, forGood(""));
        other.lift(SanctionType.BAN, ADMIN, carl, IN_FISHING, Reason.NONE);
        other.put(SanctionType.MUTE, ADMIN, carl, IN_FISHING, seconds(30));
        other.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, seconds(10));
        other.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, forGood("longer"));
        other.lift(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, Reason.NONE);
        other.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, forGood("again"));
        other.role(ADMIN, CAROL, FISHING, Role.MODERATOR);
        other.role(ADMIN, CAROL, FISHING, Role.MEMBER);
        other.kick(ADMIN, BOB, IN_FISHING, new Reason("old"));
        time.advance(Duration.ofSeconds(31));
        AuditEntry young = other.kick(ADMIN, BOB, IN_FISHING, new Reason("young"));
        time.advance(Duration.ofSeconds(29));
        notified.clear();
        moderation.refresh();
        // The lifted ban of carl, the ban of alice that is in force, carol's last role, and the recent kick.
        assertEquals(
                List.of(2L, 7L, 9L, young.id()),
                notified.stream().map(AuditEntry::id).toList());
        assertTrue(isBanned(ALICE));
    }

    @Test
    void notifiesOnlyOfTheLastEntryAboutTheSameSanction() {
        Moderation other = node();
        for (int i = 0; i < 3; i++) {
            other.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""));
            other.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE);
            other.role(ADMIN, CAROL, FISHING, Role.MODERATOR);
            other.role(ADMIN, CAROL, FISHING, Role.MEMBER);
        }
        other.role(ADMIN, CAROL, FISHING, Role.MODERATOR);
        other.lift(SanctionType.MUTE, ADMIN, muted(other, ALICE), IN_FISHING, Reason.NONE);
        notified.clear();
        moderation.refresh();
        assertEquals(List.of(ModerationAction.UNBAN, ModerationAction.ROLE, ModerationAction.UNMUTE), actions());
        assertEquals(List.of(10L, 13L, 15L), ids(notified));
    }

    private static Actor muted(Moderation at, Actor whom) {
        at.put(SanctionType.MUTE, ADMIN, whom, IN_FISHING, seconds(600));
        return whom;
    }

    @Test
    void reportsTheRemainingDurationOfALateAction() {
        Moderation other = node();
        other.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, seconds(600));
        other.put(SanctionType.BAN, ADMIN, BOB, IN_BOATS, forGood(""));
        notified.clear();
        time.advance(Duration.ofMillis(500_500));
        moderation.refresh();
        assertEquals(Duration.ofSeconds(99), notified.get(0).duration());
        assertNull(notified.get(1).duration());
        notified.clear();
        moderation.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, seconds(600));
        assertEquals(Duration.ofMinutes(10), notified.get(0).duration());
    }

    @Test
    void appliesAKickUpToAMinuteLater() {
        Moderation other = node();
        other.kick(ADMIN, BOB, IN_FISHING, Reason.NONE);
        other.kick(ADMIN, BOB, IN_BOATS, Reason.NONE);
        notified.clear();
        time.advance(Duration.ofMinutes(1).minusMillis(1));
        moderation.refresh();
        assertEquals(List.of(ModerationAction.KICK, ModerationAction.KICK), actions());
        other.kick(ADMIN, BOB, IN_FISHING, Reason.NONE);
        notified.clear();
        time.advance(Duration.ofMinutes(1));
        moderation.refresh();
        assertEquals(List.of(), actions());
    }

    @Test
    void refusesActionsOfMutedModerators() {
        moderation.role(ADMIN, ALICE, FISHING, Role.MODERATOR);
        moderation.put(SanctionType.MUTE, ADMIN, ALICE, IN_FISHING, seconds(600));
        ChatException refused = assertReply(
                ErrorCode.FORBIDDEN,
                () -> moderation.kick(ALICE, guest("visit-evil.example", null), IN_FISHING, Reason.NONE));
        assertEquals(600_000, refused.retryAfterMillis());
        assertReply(
                ErrorCode.FORBIDDEN, () -> moderation.put(SanctionType.BAN, ALICE, BOB, IN_FISHING, forGood("evil")));
        moderation.delete(ALICE, BOB, FISHING, 1, Reason.NONE);
        time.advance(Duration.ofMinutes(10));
        moderation.kick(ALICE, BOB, IN_FISHING, Reason.NONE);
    }

    @Test
    void notifiesOfAnotherNodesActionEvenIfItsOwnFails() {
        node().put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""));
        notified.clear();
        assertReply(
                ErrorCode.NOT_FOUND, () -> moderation.lift(SanctionType.BAN, ADMIN, CAROL, IN_FISHING, Reason.NONE));
        assertEquals(List.of(ModerationAction.BAN), actions());
        assertTrue(isBanned(BOB));
    }

    private List<ModerationAction> actions() {
        return notified.stream().map(AuditEntry::action).toList();
    }

    @Test
    void survivesAListenerThatThrows() {
        Moderation at =
                new Moderation(database, time.clocks().clock(), time.clocks().nanoTime(), entry -> {
                    throw new IllegalStateException("blind");
                });
        at.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""));
        assertTrue(isBanned(at, BOB, IN_FISHING));
    }

    @Test
    void changesNothingIfItsEntryCannotBeWritten() {
        ban(ALICE, IN_FISHING, forGood(""));
        List<Sanction> before = inMemory(moderation);
        notified.clear();
        database.call(handle -> handle.execute("ALTER TABLE audit RENAME TO away"));
        try {
            everyActionIsUnavailable(moderation);
        } finally {
            database.call(handle -> handle.execute("ALTER TABLE away RENAME TO audit"));
        }
        assertEquals(before, inMemory(moderation));
        assertEquals(before, stored());
        assertEquals(List.of(), notified);
        assertEquals(2, ban(BOB, IN_FISHING, forGood("")).id(), "no id was used");
    }

    @Test
    void writesNoEntryIfTheActionFails() {
        ban(ALICE, IN_FISHING, forGood(""));
        database.call(handle -> handle.execute("ALTER TABLE sanction RENAME TO away"));
        try {
            assertReply(ErrorCode.UNAVAILABLE, () -> ban(BOB, IN_FISHING, forGood("")));
        } finally {
            database.call(handle -> handle.execute("ALTER TABLE away RENAME TO sanction"));
        }
        assertEquals(1, audit().size());
        assertFalse(isBanned(BOB));
        assertTrue(isBanned(ALICE));
    }

    @Test
    void answersFromMemoryWhileTheDatabaseIsUnavailable(@TempDir Path directory) {
        Database gone = Database.open(address(directory));
        Moderation at = node(gone, 100);
        at.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, forGood(""));
        List<Sanction> before = inMemory(at);
        gone.close();
        everyActionIsUnavailable(at);
        assertReply(ErrorCode.UNAVAILABLE, at::refresh);
        assertReply(ErrorCode.UNAVAILABLE, () -> new AuditLog(gone).page(AuditLog.NEWEST, 1));
        assertEquals(before, inMemory(at));
        assertTrue(isBanned(at, ALICE, IN_FISHING));
        assertEquals(Role.MEMBER, role(at, 2, FISHING));
    }

    private static void everyActionIsUnavailable(Moderation at) {
        List<Runnable> actions = List.of(
                () -> at.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood("")),
                () -> at.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, seconds(1)),
                () -> at.lift(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, Reason.NONE),
                () -> at.kick(ADMIN, BOB, IN_FISHING, Reason.NONE),
                () -> at.role(ADMIN, ALICE, FISHING, Role.MODERATOR));
        actions.forEach(action -> assertReply(ErrorCode.UNAVAILABLE, action));
    }
}
