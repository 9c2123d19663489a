package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoginRegistryTest {
    private static final long ALICE = 7;
    private static final long BOB = 8;

    private final LoginRegistry<LoginRegistry.Socket> logins = new LoginRegistry<>();
    private final TestSocket laptop = new TestSocket();
    private final TestSocket phone = new TestSocket();
    private final TestSocket shell = new TestSocket();

    private static Account account(long id) {
        return new Account(id, UserName.parse("user" + id).orElseThrow(), Account.Role.MEMBER, 1, 100 + id);
    }

    @Test
    void returnsTheCreationOfAnAccount() {
        assertEquals(OptionalLong.empty(), logins.createdAt(ALICE));
        LoginRegistry<LoginRegistry.Socket>.Registration login = logins.add(account(ALICE), null, laptop);
        assertEquals(OptionalLong.of(100 + ALICE), logins.createdAt(ALICE));
        login.close();
        assertEquals(OptionalLong.empty(), logins.createdAt(ALICE));
    }

    @Test
    void returnsOnlineAccounts() {
        assertFalse(logins.isOnline(ALICE));
        LoginRegistry<LoginRegistry.Socket>.Registration onLaptop = logins.add(account(ALICE), "t1", laptop);
        LoginRegistry<LoginRegistry.Socket>.Registration onPhone = logins.add(account(ALICE), null, phone);
        assertTrue(logins.isOnline(ALICE));
        assertFalse(logins.isOnline(BOB));
        onLaptop.close();
        assertTrue(logins.isOnline(ALICE));
        onPhone.close();
        assertFalse(logins.isOnline(ALICE));
        onPhone.close();
    }

    @Test
    void registersASocketOnce() {
        LoginRegistry<LoginRegistry.Socket>.Registration first = logins.add(account(ALICE), "t1", laptop);
        logins.add(account(ALICE), "t1", laptop);
        first.close();
        assertTrue(logins.isOnline(ALICE), "closing the first login must not end the second one");
        logins.add(account(BOB), "t2", laptop);
        assertFalse(logins.isOnline(ALICE));
        assertTrue(logins.isOnline(BOB));
        logins.endAll(ALICE, "not bob");
        logins.endAll(BOB, "bob");
        assertEquals(List.of("bob"), laptop.reasons());
    }

    @Test
    void endsTheSocketsOfOneToken() {
        logins.add(account(ALICE), "t1", laptop);
        logins.add(account(ALICE), "t2", phone);
        logins.add(account(ALICE), null, shell);
        logins.end(ALICE, "t1", "over");
        assertEquals(List.of("over"), laptop.reasons());
        assertEquals(List.of(), phone.reasons());
        assertEquals(List.of(), shell.reasons());
        logins.end(ALICE, "t1", "over again");
        assertEquals(List.of("over"), laptop.reasons());
    }

    @Test
    void endsAllSocketsExceptThoseOfOneToken() {
        logins.add(account(ALICE), "t1", laptop);
        logins.add(account(ALICE), "t2", phone);
        logins.add(account(ALICE), null, shell);
        TestSocket bobs = new TestSocket();
        logins.add(account(BOB), "t3", bobs);
        logins.endOthers(ALICE, "t1", "over");
        assertEquals(List.of(), laptop.reasons());
        assertEquals(List.of("over"), phone.reasons());
        assertEquals(List.of("over"), shell.reasons());
        assertEquals(List.of(), bobs.reasons());
        assertTrue(logins.isOnline(ALICE));
    }

    @Test
    void endsTokensOfAllAccountsTogether() {
        logins.add(account(ALICE), "t1", laptop);
        logins.add(account(BOB), "t2", phone);
        logins.add(account(BOB), null, shell);
        assertEquals(Set.of("t1", "t2"), Set.copyOf(logins.tokenHashes()));
        logins.end(Set.of("t1", "t2", "t9"), "over");
        assertEquals(List.of("over"), laptop.reasons());
        assertEquals(List.of("over"), phone.reasons());
        assertEquals(List.of(), shell.reasons());
        assertEquals(List.of(), logins.tokenHashes());
    }

    @Test
    void continuesIfASocketFails() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            logins.add(account(ALICE), null, reason -> {
                told.add(reason);
                throw new ChatException(ErrorReason.UNAVAILABLE, "of the test");
            });
        }
        logins.endAll(ALICE, "over");
        assertEquals(List.of("over", "over", "over"), told);
        assertFalse(logins.isOnline(ALICE));
    }

    @Test
    void holdsNoLockWhileItNotifiesASocket() {
        List<Boolean> online = new ArrayList<>();
        logins.add(
                account(ALICE),
                null,
                reason -> online.add(CompletableFuture.supplyAsync(() -> logins.isOnline(ALICE))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join()));
        logins.endAll(ALICE, "over");
        assertEquals(List.of(false), online);
    }
}
