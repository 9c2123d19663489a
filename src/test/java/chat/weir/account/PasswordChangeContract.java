package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Changes of passwords and renewals of hashes, on every engine. */
abstract class PasswordChangeContract extends AccountFixture {

    @Test
    void changesThePasswordAndEndsEveryOtherLogin() {
        Account alice = register("alice");
        IssuedSession mine = sessions.begin(alice);
        IssuedSession other = sessions.begin(alice);
        IssuedSession bobs = sessions.begin(register("bob"));
        TestSocket myTab = socket(alice, mine.session().tokenHash());
        TestSocket otherTab = socket(alice, other.session().tokenHash());
        TestSocket byPassword = socket(alice, null);
        TestSocket bobsTab = socket(bobs.session().account(), bobs.session().tokenHash());

        accounts.changePassword(mine.session(), PASSWORD, "another horse", HERE);

        assertEquals(List.of(), myTab.reasons());
        assertEquals(List.of("the password was changed"), otherTab.reasons());
        assertEquals(List.of("the password was changed"), byPassword.reasons());
        assertEquals(List.of(), bobsTab.reasons());
        assertTrue(sessions.find(mine.token()).isPresent());
        assertTrue(sessions.find(other.token()).isEmpty());
        assertTrue(sessions.find(bobs.token()).isPresent());
        assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("alice", PASSWORD, HERE));
        Account changed = accounts.logIn("alice", "another horse", HERE);
        assertEquals(alice.passwordVersion() + 1, changed.passwordVersion());
        assertFalse(accounts.isCurrent(alice));
        assertTrue(accounts.isCurrent(changed));
        accounts.changePassword(mine.session(), "another horse", PASSWORD, HERE);
        assertEquals(alice.id(), accounts.logIn("alice", PASSWORD, HERE).id());
    }

    @Test
    void changesNothingWithoutTheCurrentPassword() {
        Account alice = register("alice");
        IssuedSession mine = sessions.begin(alice);
        IssuedSession other = sessions.begin(alice);
        TestSocket otherTab = socket(alice, other.session().tokenHash());
        ChatException reply = assertReply(
                ErrorCode.FORBIDDEN,
                () -> accounts.changePassword(mine.session(), "wrong horse", "another horse", HERE));
        assertEquals("the current password is wrong", reply.text());
        assertTrue(accounts.isCurrent(alice));
        assertTrue(sessions.find(other.token()).isPresent());
        assertEquals(List.of(), otherTab.reasons());
    }

    @Test
    void changesThePasswordForOneOfSeveralConcurrentRequests() {
        Account alice = register("alice");
        AtomicInteger number = new AtomicInteger();
        List<String> outcomes = concurrently(4, () -> {
            LoginSession session = sessions.begin(alice).session();
            int mine = number.incrementAndGet();
            accounts.changePassword(session, PASSWORD, "another horse " + mine, "198.51.100." + mine);
        });
        assertEquals(1, Collections.frequency(outcomes, "OK"), outcomes.toString());
        assertEquals(
                alice.passwordVersion() + 1,
                accounts.find(alice.name()).orElseThrow().passwordVersion());
        assertTrue(count("session") <= 1, "only the session that changed it");
    }

    @Test
    void rehashesWithTheCurrentCostAtTheNextLogin() {
        Account alice;
        try (PasswordHasher yesterdays = new PasswordHasher(new HashCost(32, 2, 1))) {
            alice = accounts(yesterdays).register("alice", PASSWORD, HERE, name -> {});
        }
        IssuedSession issued = sessions.begin(alice);
        String old = storedPassword(alice);
        assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("alice", "wrong horse", HERE));
        assertEquals(old, storedPassword(alice));

        assertEquals(alice, accounts.logIn("alice", PASSWORD, HERE));

        String renewed = storedPassword(alice);
        assertTrue(old.contains("$m=32,t=2,p=1$") && renewed.contains("$m=64,t=1,p=1$"), old + " " + renewed);
        assertTrue(sessions.find(issued.token()).isPresent(), "it is the same password");
        assertEquals(alice, accounts.logIn("alice", PASSWORD, HERE));
        assertEquals(renewed, storedPassword(alice));
    }
}
