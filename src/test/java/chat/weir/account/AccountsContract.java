package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account.Role;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour of accounts on every engine. */
abstract class AccountsContract extends AccountFixture {

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    @Test
    void registersAndLogsIn() {
        Account made = register("Alice");
        assertEquals(name("Alice"), made.name());
        assertEquals(Role.MEMBER, made.role());
        assertEquals(time.clocks().clock().instant().getEpochSecond(), made.createdAt());
        assertEquals(made, accounts.logIn("Alice", PASSWORD, HERE));
        assertEquals(made, accounts.logIn(" ALICE ", PASSWORD, HERE));
        assertEquals(Optional.of(made), accounts.find(name("aLICE")));
        assertTrue(accounts.isRegistered(name("alice")));
        assertFalse(accounts.isRegistered(name("bob")));
        assertTrue(accounts.isCurrent(made));
    }

    @Test
    void assignsIdsThatAreJavaScriptNumbers() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            long id = register("user" + i).id();
            assertTrue(id > 0 && id < 1L << 53, "id " + id);
            ids.add(id);
        }
        assertEquals(20, ids.size());
    }

    @ParameterizedTest
    @CsvSource({
        "bob, BOB",
        "bob, \uff42\uff4f\uff42",
        "bob, bo\u034fb",
        "rene\u0301, REN\u00c9",
        "stra\u00dfe, STRASSE",
        "\ud801\udc28, \ud801\udc00"
    })
    void refusesATakenNameInAnotherSpelling(String one, String other) {
        register(one);
        ChatException reply = assertReply(ErrorCode.CONFLICT, () -> register(other));
        assertEquals("the name is taken", reply.text());
        assertEquals(1, count("account"));
    }

    @Test
    void registersANameOnceForConcurrentRequests() {
        AtomicInteger number = new AtomicInteger();
        List<String> outcomes = concurrently(
                8, () -> accounts.register("bob", PASSWORD, "198.51.100." + number.incrementAndGet(), name -> {}));
        assertEquals(List.of("CONFLICT", "OK"), outcomes.stream().distinct().toList());
        assertEquals(1, Collections.frequency(outcomes, "OK"));
        assertEquals(1, count("account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a@b", "<b>", "123456789012345678901234567890123"})
    void refusesToRegisterAnInvalidName(String typed) {
        ChatException reply = assertReply(ErrorCode.MALFORMED, () -> register(typed));
        assertTrue(reply.text().contains("1 to 32 characters"), reply.text());
        assertReply(ErrorCode.MALFORMED, () -> accounts.ensureAdmin(typed, PASSWORD));
        assertEquals(0, count("account"));
    }

    @Test
    void explainsAnInvalidPasswordWhereverOneIsSet() {
        LoginSession session = sessions.begin(register("alice")).session();
        List<ChatException> replies = List.of(
                assertReply(ErrorCode.MALFORMED, () -> accounts.register("bob", "1234567", HERE, name -> {})),
                assertReply(ErrorCode.MALFORMED, () -> accounts.ensureAdmin("bob", "1234567")),
                assertReply(ErrorCode.MALFORMED, () -> accounts.changePassword(session, PASSWORD, "1234567", HERE)));
        replies.forEach(
                reply -> assertEquals("the password is too short: 8 to 200 characters are allowed", reply.text()));
        accounts.logIn("alice", PASSWORD, HERE);
        assertEquals(1, count("account"));
    }

    @Test
    void treatsAnUnknownNameLikeAWrongPassword() {
        register("alice");
        long before = passwordHasher.hashed();
        ChatException wrong =
                assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("alice", "wrong horse", HERE));
        assertEquals(before + 1, passwordHasher.hashed());
        ChatException unknown = assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("bob", PASSWORD, HERE));
        assertEquals(before + 2, passwordHasher.hashed());
        ChatException noName = assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("a b", PASSWORD, HERE));
        assertEquals(before + 2, passwordHasher.hashed(), "an invalid name need not be hidden");
        assertEquals(wrong.text(), unknown.text());
        assertEquals(wrong.text(), noName.text());
    }

    @Test
    void storesNeitherPasswordsNorTokens() {
        Account alice = register("alice");
        IssuedSession issued = sessions.begin(alice);
        accounts.changePassword(issued.session(), PASSWORD, "another horse", HERE);
        String everything = everythingInTheDatabase();
        assertTrue(everything.contains("argon2id"), "the columns were actually read");
        assertTrue(everything.contains(issued.session().tokenHash()), "the columns were actually read");
        assertFalse(everything.contains("horse"));
        assertFalse(everything.contains(issued.token()));
        assertFalse(issued.toString().contains(issued.token()), "nor does the log contain it");
    }

    private String everythingInTheDatabase() {
        return database.call(handle -> List.of("account", "session", "channel", "message").stream()
                .map(table -> handle.createQuery("SELECT * FROM " + table)
                        .mapToMap()
                        .list()
                        .toString())
                .reduce("", String::concat));
    }

    @Test
    void deletesAnAccountWithItsSessions() {
        Account alice = register("alice");
        IssuedSession issued = sessions.begin(alice);
        TestSocket tab = socket(alice, issued.session().tokenHash());
        TestSocket byPassword = socket(alice, null);
        register("bob");

        accounts.delete(alice);
        accounts.delete(alice);

        assertEquals(List.of("the account was deleted"), tab.reasons());
        assertEquals(List.of("the account was deleted"), byPassword.reasons());
        assertTrue(sessions.find(issued.token()).isEmpty());
        assertEquals(0, count("session"));
        assertFalse(accounts.isCurrent(alice));
        assertTrue(accounts.find(alice.name()).isEmpty());
        assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("alice", PASSWORD, HERE));
        assertReply(
                ErrorCode.UNAUTHENTICATED,
                () -> accounts.changePassword(issued.session(), PASSWORD, "another horse", HERE));
        assertTrue(accounts.isRegistered(name("bob")));
        assertNotEquals(alice.id(), register("alice").id());
    }

    @Test
    void createsTheAdminOnceForConcurrentStarts() {
        List<String> outcomes = concurrently(4, () -> {
            accounts(passwordHasher).ensureAdmin("root", PASSWORD);
        });
        assertEquals(List.of("OK", "OK", "OK", "OK"), outcomes);
        accounts.ensureAdmin("ROOT", "another horse");
        Account root = accounts.logIn("root", PASSWORD, HERE);
        assertEquals(Role.ADMIN, root.role());
        assertEquals(1, count("account"));
    }

    @Test
    void makesAdminsHoweverLongAHashTakes() {
        register("bob");
        try (PasswordHasher busy = new PasswordHasher(CHEAP, new HashingPool(1, 1, Duration.ZERO))) {
            assertReply(ErrorCode.UNAVAILABLE, () -> busy.hash(PASSWORD));
            accounts(busy).ensureAdmin("root", PASSWORD);
            accounts(busy).ensureAdmin("bob", PASSWORD);
        }
        assertEquals(Role.ADMIN, accounts.logIn("root", PASSWORD, HERE).role());
        assertEquals(Role.ADMIN, accounts.logIn("bob", PASSWORD, HERE).role());
    }

    @Test
    void makesAnExistingAccountAnAdminOnlyWithItsPassword() {
        Account alice = register("alice");
        IssuedSession issued = sessions.begin(alice);
        assertReply(ErrorCode.CONFLICT, () -> accounts.ensureAdmin("Alice", "another horse"));
        assertEquals(Role.MEMBER, accounts.find(alice.name()).orElseThrow().role());
        accounts.ensureAdmin("Alice", PASSWORD);
        Account admin = accounts.logIn("alice", PASSWORD, HERE);
        assertEquals(new Account(alice.id(), alice.name(), Role.ADMIN, 1, alice.createdAt()), admin);
        assertEquals(
                Role.ADMIN,
                sessions.find(issued.token()).orElseThrow().account().role());
    }
}
