package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour of sessions on every engine. */
abstract class LoginSessionsContract extends AccountFixture {

    @Test
    void findsASessionByItsToken() {
        Account alice = register("alice");
        IssuedSession one = sessions.begin(alice);
        IssuedSession other = sessions.begin(alice);
        assertEquals(Optional.of(one.session()), sessions.find(one.token()));
        assertEquals(Optional.of(other.session()), sessions.find(other.token()));
        assertEquals(alice, one.session().account());
        assertEquals(
                time.clocks().clock().instant().plus(LIFETIME), one.session().expires());
        assertTrue(one.token().matches("[A-Za-z0-9_-]{43}"), "256 bits in base64url");
        assertFalse(one.token().equals(other.token()));
        assertTrue(one.session().tokenHash().matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "token",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u0000",
                "' OR 1=1 --"
            })
    void findsNothingByAnInvalidToken(String text) {
        sessions.begin(register("alice"));
        assertTrue(sessions.find(text).isEmpty());
    }

    @Test
    void doesNotAcceptAHashAsAToken() {
        IssuedSession issued = sessions.begin(register("alice"));
        assertTrue(sessions.find(issued.session().tokenHash()).isEmpty());
        assertTrue(sessions.find(issued.token() + "A").isEmpty());
        assertTrue(sessions.find(" " + issued.token()).isEmpty());
    }

    @Test
    void endsASessionAndItsSocketsOnly() {
        Account alice = register("alice");
        IssuedSession one = sessions.begin(alice);
        IssuedSession other = sessions.begin(alice);
        TestSocket tab = socket(alice, one.session().tokenHash());
        TestSocket secondTab = socket(alice, one.session().tokenHash());
        TestSocket otherTab = socket(alice, other.session().tokenHash());
        TestSocket byPassword = socket(alice, null);
        sessions.end(one.session());
        sessions.end(one.session());
        assertTrue(sessions.find(one.token()).isEmpty());
        assertTrue(sessions.find(other.token()).isPresent());
        assertEquals(List.of("logged out"), tab.reasons());
        assertEquals(List.of("logged out"), secondTab.reasons());
        assertEquals(List.of(), otherTab.reasons());
        assertEquals(List.of(), byPassword.reasons());
    }

    @Test
    void expires() {
        IssuedSession issued = sessions.begin(register("alice"));
        time.stepClock(LIFETIME.minusSeconds(1));
        assertTrue(sessions.find(issued.token()).isPresent());
        time.stepClock(Duration.ofSeconds(1));
        assertTrue(sessions.find(issued.token()).isEmpty());
        assertEquals(1, count("session"), "it is still stored, but not found");
    }

    @Test
    void removesExpiredSessionsAndEndsTheirSockets() {
        Account alice = register("alice");
        IssuedSession old = sessions.begin(alice);
        TestSocket oldTab = socket(alice, old.session().tokenHash());
        time.stepClock(Duration.ofDays(1));
        IssuedSession young = sessions.begin(alice);
        TestSocket youngTab = socket(alice, young.session().tokenHash());
        TestSocket byPassword = socket(alice, null);
        sessions.removeExpired();
        assertEquals(2, count("session"));
        time.stepClock(LIFETIME.minusDays(1));
        sessions.removeExpired();
        assertEquals(1, count("session"));
        assertTrue(sessions.find(young.token()).isPresent());
        assertEquals(List.of("the login has expired"), oldTab.reasons());
        assertEquals(List.of(), youngTab.reasons());
        assertEquals(List.of(), byPassword.reasons());
    }

    @Test
    void endsSocketsWhoseSessionsAnotherNodeHasRemoved() {
        Account alice = register("alice");
        List<TestSocket> tabs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tabs.add(socket(alice, sessions.begin(alice).session().tokenHash()));
        }
        for (int i = 0; i < 1_000; i++) {
            tabs.add(socket(alice, "hash" + i));
        }
        time.stepClock(LIFETIME);
        sessions(new LoginRegistry<>()).removeExpired();
        assertEquals(0, count("session"));
        IssuedSession young = sessions.begin(alice);
        TestSocket youngTab = socket(alice, young.session().tokenHash());
        sessions.removeExpired();
        tabs.forEach(tab -> assertEquals(List.of("the login has expired"), tab.reasons()));
        assertEquals(List.of(), youngTab.reasons());
    }

    @Test
    void removesThousandsInBatches() {
        Account alice = register("alice");
        database.transaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO session VALUES (:hash, :account, 0, 1)");
            for (int i = 0; i < 1_203; i++) {
                batch.bind("hash", "hash" + i).bind("account", alice.id()).add();
            }
            return batch.execute();
        });
        IssuedSession issued = sessions.begin(register("bob"));
        sessions.removeExpired();
        assertEquals(1, count("session"));
        assertTrue(sessions.find(issued.token()).isPresent());
    }

    @Test
    void endsTheOldestOfMoreThanAHundred() {
        Account alice = register("alice");
        IssuedSession bobs = sessions.begin(register("bob"));
        IssuedSession oldest = sessions.begin(alice);
        TestSocket tab = socket(alice, oldest.session().tokenHash());
        time.stepClock(Duration.ofSeconds(1));
        IssuedSession second = sessions.begin(alice);
        time.stepClock(Duration.ofSeconds(1));
        for (int i = 2; i < LoginSessions.MAX_PER_ACCOUNT; i++) {
            sessions.begin(alice);
        }
        assertTrue(sessions.find(oldest.token()).isPresent());
        IssuedSession newest = sessions.begin(alice);
        assertTrue(sessions.find(oldest.token()).isEmpty());
        assertEquals(1, tab.reasons().size());
        assertTrue(sessions.find(second.token()).isPresent());
        assertTrue(sessions.find(newest.token()).isPresent());
        assertTrue(sessions.find(bobs.token()).isPresent());
        assertEquals(LoginSessions.MAX_PER_ACCOUNT + 1, count("session"));
    }

    @Test
    void refusesASessionIfTheAccountHasChanged() {
        Account alice = register("alice");
        LoginSession session = sessions.begin(alice).session();
        accounts.changePassword(session, PASSWORD, "another horse", HERE);
        assertReply(ErrorCode.UNAUTHENTICATED, () -> sessions.begin(alice));
        Account changed = accounts.logIn("alice", "another horse", HERE);
        sessions.begin(changed);
        accounts.delete(changed);
        assertReply(ErrorCode.UNAUTHENTICATED, () -> sessions.begin(changed));
        assertEquals(0, count("session"));
    }

    @Test
    void leavesNoSessionOfTheOldPasswordAfterConcurrentLogins() {
        for (int round = 0; round < 10; round++) {
            Account account = accounts.register("user" + round, PASSWORD, "192.0.2." + round, name -> {});
            IssuedSession mine = sessions.begin(account);
            AtomicInteger turn = new AtomicInteger();
            List<String> outcomes = concurrently(6, () -> {
                if (turn.getAndIncrement() == 3) {
                    accounts.changePassword(mine.session(), PASSWORD, "another horse", HERE);
                    return;
                }
                for (int i = 0; i < 5; i++) {
                    sessions.begin(account);
                }
            });
            assertTrue(outcomes.contains("OK"), outcomes.toString());
            assertTrue(sessions.find(mine.token()).isPresent());
            assertEquals(1, count("session WHERE account = " + account.id()), outcomes.toString());
        }
    }
}
