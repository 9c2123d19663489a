package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The subjects that bans and mutes apply to, on every engine. */
abstract class SanctionIndexContract extends ModerationFixture {

    @ParameterizedTest
    @EnumSource
    void appliesInItsScopeEvenAfterARestart(SanctionType type) {
        AuditEntry entry = moderation.put(type, ADMIN, BOB, IN_FISHING, forGood("spam"));
        for (Moderation at : List.of(moderation, node())) {
            ActiveSanction found = at.find(type, IN_FISHING, BOB.subject()).orElseThrow();
            assertNull(found.left());
            assertEquals(
                    new Sanction(
                            entry.id(),
                            type,
                            IN_FISHING,
                            BOB.subject(),
                            List.of(HERE),
                            new Reason("spam"),
                            "root",
                            entry.happenedAtMillis(),
                            null),
                    found.sanction());
            assertTrue(at.find(type, IN_BOATS, BOB.subject()).isEmpty());
            assertTrue(at.find(type, Scope.EVERYWHERE, BOB.subject()).isEmpty());
            SanctionType other = type == SanctionType.BAN ? SanctionType.MUTE : SanctionType.BAN;
            assertTrue(at.find(other, IN_FISHING, BOB.subject()).isEmpty());
        }
    }

    @Test
    void listsTheSubjectsOfAName() {
        Actor account = new Actor(new Subject.OfAccount(9, name("bob")), false);
        ban(BOB, IN_FISHING, forGood(""));
        ban(account, IN_FISHING, forGood(""));
        ban(BOB, IN_BOATS, seconds(5));
        ban(ALICE, IN_FISHING, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertEquals(
                    Set.of(BOB.subject(), account.subject()),
                    Set.copyOf(at.subjects(SanctionType.BAN, IN_FISHING, name("B\uff4fb"))));
            assertEquals(List.of(BOB.subject()), at.subjects(SanctionType.BAN, IN_BOATS, name("bob")));
            assertEquals(List.of(), at.subjects(SanctionType.MUTE, IN_FISHING, name("bob")));
            assertEquals(List.of(), at.subjects(SanctionType.BAN, Scope.EVERYWHERE, name("bob")));
        }
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), moderation.subjects(SanctionType.BAN, IN_BOATS, name("bob")));
    }

    @Test
    void appliesToAnAccountOnly() {
        ban(ALICE, IN_FISHING, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertTrue(isBanned(at, ALICE, IN_FISHING));
            assertFalse(isBanned(at, CAROL, IN_FISHING));
            assertFalse(isBanned(at, guest("alice", HERE), IN_FISHING));
            assertEquals(ALICE.subject(), inMemory(at).get(0).subject());
        }
    }

    @Test
    void appliesEverywhere() {
        ban(BOB, Scope.EVERYWHERE, forGood(""));
        ban(ALICE, Scope.EVERYWHERE, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertTrue(isBanned(at, BOB, IN_FISHING));
            assertTrue(isBanned(at, BOB, Scope.EVERYWHERE));
            assertTrue(isBanned(at, guest("another", HERE), IN_BOATS));
            assertTrue(isBanned(at, ALICE, IN_BOATS));
            assertTrue(at.findAt(SanctionType.BAN, IN_BOATS, HERE).isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "BOB", "\uff42\uff4f\uff42", "bo\u034fb", "b\u03bfb", "rob"})
    void appliesToTheNameInAnySpellingFromAnyAddress(String typed) {
        ban(BOB, IN_FISHING, forGood(""));
        boolean isBob = !typed.equals("rob") && !typed.equals("b\u03bfb");
        for (Moderation at : List.of(moderation, node())) {
            assertEquals(isBob, isBanned(at, guest(typed, ELSEWHERE), IN_FISHING));
            assertEquals(isBob, isBanned(at, guest(typed, null), IN_FISHING));
        }
    }

    @Test
    void appliesToANameWithAccentsInAnyNormalForm() {
        ban(guest("rene\u0301", HERE), IN_FISHING, forGood(""));
        assertTrue(isBanned(guest("REN\u00c9", ELSEWHERE)));
        assertFalse(isBanned(guest("rene", ELSEWHERE)));
        moderation.lift(SanctionType.BAN, ADMIN, guest("Ren\u00e9", null), IN_FISHING, Reason.NONE);
        assertEquals(List.of(), stored());
    }

    @Test
    void appliesToTheAddressUnderAnyName() {
        ban(BOB, IN_FISHING, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertTrue(isBanned(at, guest("carl", HERE), IN_FISHING));
            assertTrue(isBanned(at, guest("carl", "::ffff:" + HERE), IN_FISHING));
            assertFalse(isBanned(at, guest("carl", ELSEWHERE), IN_FISHING));
            assertTrue(at.findAt(SanctionType.BAN, IN_FISHING, HERE).isPresent());
            assertTrue(at.findAt(SanctionType.BAN, IN_FISHING, ELSEWHERE).isEmpty());
            assertTrue(at.findAt(SanctionType.BAN, IN_BOATS, HERE).isEmpty());
            assertTrue(at.findAt(SanctionType.MUTE, IN_FISHING, HERE).isEmpty());
        }
    }

    @Test
    void appliesToTheNetworkOfAnIpv6Address() {
        ban(guest("bob", "2001:db8:1:2::1"), IN_FISHING, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertTrue(isBanned(at, guest("carl", "2001:DB8:1:2:ffff:ffff:ffff:ffff"), IN_FISHING));
            assertFalse(isBanned(at, guest("carl", "2001:db8:1:3::1"), IN_FISHING));
            assertTrue(at.findAt(SanctionType.BAN, IN_FISHING, "2001:db8:1:2::").isPresent());
        }
    }

    @Test
    void appliesToAnAbsentGuestByNameOnly() {
        ban(guest("bob", null), IN_FISHING, forGood(""));
        for (Moderation at : List.of(moderation, node())) {
            assertTrue(isBanned(at, BOB, IN_FISHING));
            assertFalse(isBanned(at, guest("carl", HERE), IN_FISHING));
        }
    }

    @Test
    void isReplacedByALaterOneAndKeepsItsNetworks() {
        ban(BOB, IN_FISHING, forGood("spam"));
        ban(guest("BOB", ELSEWHERE), IN_FISHING, new SanctionTerm(Duration.ofSeconds(60), new Reason("more spam")));
        ban(guest("bob", null), IN_FISHING, new SanctionTerm(Duration.ofSeconds(30), new Reason("a mistake")));
        for (Moderation at : List.of(moderation, node())) {
            assertEquals(1, inMemory(at).size());
            assertEquals("a mistake", inMemory(at).get(0).reason().text());
            for (String address : List.of(HERE, ELSEWHERE)) {
                assertEquals(Duration.ofSeconds(30), left(at.findAt(SanctionType.BAN, IN_FISHING, address)));
            }
        }
        time.advance(Duration.ofSeconds(30));
        assertFalse(isBanned(BOB));
        ban(guest("bob", null), IN_FISHING, forGood(""));
        assertFalse(isBanned(guest("carl", HERE)), "an expired sanction leaves no address");
    }

    @Test
    void limitsTheAddressesOfAName() {
        for (int i = 0; i < 40; i++) {
            ban(guest("bob", "10.0.0." + i), IN_FISHING, forGood(""));
        }
        for (Moderation at : List.of(moderation, node())) {
            assertFalse(isBanned(at, guest("carl", "10.0.0.7"), IN_FISHING));
            assertTrue(isBanned(at, guest("carl", "10.0.0.8"), IN_FISHING));
            assertTrue(isBanned(at, guest("carl", "10.0.0.39"), IN_FISHING));
        }
    }

    @Test
    void findsTheLongestOfSeveral() {
        ban(BOB, IN_FISHING, seconds(60));
        ban(guest("carl", HERE), IN_FISHING, seconds(90));
        ban(BOB, Scope.EVERYWHERE, seconds(30));
        assertEquals(Duration.ofSeconds(90), left(moderation.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
        assertEquals(Duration.ofSeconds(30), left(moderation.find(SanctionType.BAN, IN_BOATS, BOB.subject())));
        ban(BOB, Scope.EVERYWHERE, forGood(""));
        assertNull(left(moderation.find(SanctionType.BAN, IN_FISHING, BOB.subject())));
    }

    @Test
    void endsWhenItIsLifted() {
        ban(BOB, IN_FISHING, forGood(""));
        ban(BOB, IN_BOATS, forGood(""));
        moderation.put(SanctionType.MUTE, ADMIN, BOB, IN_FISHING, forGood(""));
        moderation.lift(SanctionType.BAN, ADMIN, guest("Bob", null), IN_FISHING, new Reason("sorry"));
        for (Moderation at : List.of(moderation, node())) {
            assertFalse(isBanned(at, BOB, IN_FISHING));
            assertFalse(isBanned(at, guest("carl", HERE), IN_FISHING));
            assertTrue(isBanned(at, BOB, IN_BOATS));
            assertTrue(at.find(SanctionType.MUTE, IN_FISHING, BOB.subject()).isPresent());
        }
        assertReply(ErrorCode.NOT_FOUND, () -> moderation.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE));
        assertReply(
                ErrorCode.NOT_FOUND,
                () -> moderation.lift(SanctionType.BAN, ADMIN, BOB, Scope.EVERYWHERE, Reason.NONE));
    }

    @Test
    void liftsEverySanctionOfAGuestAndReportsEach() {
        ban(BOB, IN_FISHING, forGood(""));
        ban(guest("carl", HERE), IN_FISHING, forGood(""));
        ban(guest("dora", ELSEWHERE), IN_FISHING, forGood(""));
        List<AuditEntry> lines = moderation.lift(SanctionType.BAN, ADMIN, BOB, IN_FISHING, Reason.NONE);
        assertEquals(
                List.of("bob", "carl"),
                lines.stream()
                        .map(entry -> entry.target().name().value())
                        .sorted()
                        .toList());
        for (Moderation at : List.of(moderation, node())) {
            assertFalse(isBanned(at, BOB, IN_FISHING));
            assertTrue(isBanned(at, guest("dora", HERE), IN_FISHING));
        }
        assertEquals(1, stored().size());
    }

    @Test
    void listsActiveSanctionsFromTheNewest() {
        ban(BOB, IN_FISHING, seconds(10));
        ban(ALICE, IN_BOATS, forGood(""));
        ban(CAROL, IN_FISHING, forGood(""));
        moderation.put(SanctionType.MUTE, ADMIN, ALICE, IN_FISHING, forGood(""));
        assertEquals(List.of("carol", "alice", "bob"), listed(Moderation.NEWEST, 10));
        assertEquals(List.of("carol"), listed(Moderation.NEWEST, -1));
        assertEquals(List.of("alice"), listed(inMemory(moderation).get(1).change(), 1));
        assertEquals(
                2,
                moderation
                        .list(SanctionType.BAN, IN_FISHING::equals, Moderation.NEWEST, 10)
                        .size());
        time.advance(Duration.ofSeconds(10));
        assertEquals(List.of("carol", "alice"), listed(Moderation.NEWEST, 10));
    }

    private List<String> listed(long before, int limit) {
        return moderation.list(SanctionType.BAN, scope -> true, before, limit).stream()
                .map(found -> found.sanction().subject().name().value())
                .toList();
    }
}
