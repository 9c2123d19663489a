package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits for password attempts, on every engine. */
abstract class LoginLimitsContract extends AccountFixture {
    private final AtomicInteger addresses = new AtomicInteger();

    private String otherAddress() {
        return "198.51.100." + addresses.incrementAndGet();
    }

    private void tryWrongPassword(String name, String address) {
        assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn(name, "wrong horse", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void limitsAttemptsForANameWithOrWithoutAnAccount(String name) {
        register("alice");
        String there = otherAddress();
        for (int i = 0; i < 10; i++) {
            tryWrongPassword(name, there);
        }
        long before = passwordHasher.hashed();
        ChatException reply = assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn(name, PASSWORD, there));
        assertEquals(30_000, reply.retryAfterMillis());
        assertEquals("too many attempts with this name from this address: try again in 30 s", reply.text());
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn(name.toUpperCase(Locale.ROOT), PASSWORD, there));
        assertEquals(before, passwordHasher.hashed());
        tryWrongPassword(name, otherAddress());
        time.advance(Duration.ofSeconds(30));
        tryWrongPassword(name, there);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void allowsMoreAttemptsForANameFromManyAddresses(String name) {
        register("alice");
        for (int i = 0; i < 100; i++) {
            tryWrongPassword(name, otherAddress());
        }
        ChatException reply = assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn(name, PASSWORD, otherAddress()));
        assertEquals(10_000, reply.retryAfterMillis());
        assertEquals("too many attempts with this name: try again in 10 s", reply.text());
        time.advance(Duration.ofSeconds(10));
        tryWrongPassword(name, otherAddress());
    }

    private void attack(Accounts on, String name) {
        for (int i = 0; i < 120; i++) {
            String address = "2001:db8:0:" + Integer.toHexString(i) + "::1";
            assertThrows(ChatException.class, () -> on.logIn(name, "wrong horse", address));
        }
        assertReply(ErrorCode.TOO_MANY, () -> on.logIn(name, "wrong horse", "203.0.113.77"));
    }

    @Test
    void acceptsTheOwnerFromARecentAddress() {
        register("alice");
        String home = "2001:db8:1:2::3";
        accounts.logIn("alice", PASSWORD, home);
        attack(accounts, "alice");
        accounts.logIn("alice", PASSWORD, HERE);
        accounts.logIn("alice", PASSWORD, "2001:db8:1:2:ffff::4");
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("alice", PASSWORD, "2001:db8:1:3::3"));
        // Even after a restart.
        Accounts restarted = accounts(passwordHasher);
        attack(restarted, "alice");
        restarted.logIn("alice", PASSWORD, home);
    }

    @Test
    void remembersAnAddressForThirtyDays() {
        register("alice");
        time.advance(Duration.ofDays(20));
        accounts.logIn("alice", PASSWORD, HERE);
        time.advance(Duration.ofDays(29));
        attack(accounts, "alice");
        accounts.logIn("alice", PASSWORD, HERE);
        time.advance(Duration.ofDays(31));
        attack(accounts, "alice");
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("alice", PASSWORD, HERE));
    }

    @Test
    void limitsOtherUsersOfARecentAddress() {
        register("alice");
        for (int i = 0; i < 10; i++) {
            tryWrongPassword("alice", HERE);
        }
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("alice", "wrong horse", HERE));
    }

    @Test
    void neverLocksOutAnAdmin() {
        accounts.ensureAdmin("root", PASSWORD);
        for (int i = 0; i < 300; i++) {
            String address = "2001:db8:0:" + Integer.toHexString(i) + "::1";
            assertReply(ErrorCode.UNAUTHENTICATED, () -> accounts.logIn("root", "wrong horse", address));
        }
        accounts.logIn("root", PASSWORD, "203.0.113.77");
    }

    @Test
    void limitsTheNumberAndAgeOfRecentAddresses() {
        Account alice = register("alice");
        for (int i = 0; i < 40; i++) {
            time.advance(Duration.ofMinutes(1));
            accounts.logIn("alice", PASSWORD, otherAddress());
        }
        assertEquals(LoginAddresses.MAX_PER_ACCOUNT, count("login_address"));
        Account bob = accounts.register("bob", PASSWORD, otherAddress(), name -> {});
        assertEquals(LoginAddresses.MAX_PER_ACCOUNT + 1, count("login_address"));
        accounts.delete(alice);
        assertEquals(1, count("login_address"));
        time.advance(Duration.ofDays(31));
        accounts.logIn(bob.name().value(), PASSWORD, otherAddress());
        assertEquals(1, count("login_address"));
    }

    @Test
    void limitsAttemptsOfAnAddressIncludingRegistrationsAndInvalidNames() {
        register("alice");
        tryWrongPassword("no name", HERE);
        for (int i = 0; i < 18; i++) {
            tryWrongPassword("user" + i, HERE);
        }
        ChatException reply = assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("alice", PASSWORD, HERE));
        assertEquals(6_000, reply.retryAfterMillis());
        assertReply(ErrorCode.TOO_MANY, () -> register("bob"));
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("no name", PASSWORD, HERE));
        accounts.logIn("alice", PASSWORD, otherAddress());
        time.advance(Duration.ofSeconds(6));
        register("bob");
    }

    @Test
    void doesNotCountCorrectPasswords() {
        register("alice");
        for (int i = 0; i < 40; i++) {
            accounts.logIn("alice", PASSWORD, HERE);
        }
    }

    @Test
    void limitsAttemptsForTheCurrentPassword() {
        LoginSession session = sessions.begin(register("alice")).session();
        String there = otherAddress();
        for (int i = 0; i < 10; i++) {
            assertReply(
                    ErrorCode.FORBIDDEN, () -> accounts.changePassword(session, "wrong horse", "another horse", there));
        }
        assertReply(ErrorCode.TOO_MANY, () -> accounts.changePassword(session, PASSWORD, "another horse", there));
        assertReply(ErrorCode.TOO_MANY, () -> accounts.logIn("alice", PASSWORD, there));
    }

    @Test
    void limitsConcurrentAttempts() {
        register("alice");
        long before = passwordHasher.hashed();
        List<String> outcomes = concurrently(18, () -> accounts.logIn("alice", "wrong horse", HERE));
        assertEquals(10, Collections.frequency(outcomes, "UNAUTHENTICATED"), outcomes.toString());
        assertEquals(8, Collections.frequency(outcomes, "TOO_MANY"), outcomes.toString());
        assertEquals(before + 10, passwordHasher.hashed());
    }

    @Test
    void doesNotCountAttemptsThatFailInTheDatabase() {
        Accounts cutOff;
        try (Database gone = Database.open(DatabaseUrl.NONE)) {
            cutOff = new Accounts(
                    gone,
                    passwordHasher,
                    loginRegistry,
                    time.clocks().clock(),
                    time.clocks().nanoTime());
        }
        for (int i = 0; i < 30; i++) {
            assertReply(ErrorCode.UNAVAILABLE, () -> cutOff.logIn("alice", PASSWORD, HERE));
            assertReply(ErrorCode.UNAVAILABLE, () -> cutOff.register("bob", PASSWORD, HERE, name -> {}));
        }
    }

    @Test
    void refusesAttemptsWhenTheHashingQueueIsFull() throws Exception {
        register("alice");
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (HashingPool full = new HashingPool(1, 1, Duration.ofMillis(10));
                PasswordHasher waiting = new PasswordHasher(CHEAP, full)) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> assertReply(
                    ErrorCode.UNAVAILABLE,
                    () -> full.run(() -> {
                        started.countDown();
                        release.await();
                        return "";
                    })));
            started.await();
            running.get();
            Accounts busy = accounts(waiting);
            ChatException reply = assertReply(ErrorCode.UNAVAILABLE, () -> busy.logIn("alice", PASSWORD, HERE));
            assertTrue(reply.text().contains("busy checking passwords"), reply.text());
            assertReply(ErrorCode.UNAVAILABLE, () -> busy.logIn("nobody", PASSWORD, HERE));
            assertReply(ErrorCode.UNAVAILABLE, () -> busy.register("bob", PASSWORD, HERE, name -> {}));
            assertEquals(1, count("account"));
            for (int i = 0; i < 20; i++) {
                assertReply(ErrorCode.UNAVAILABLE, () -> busy.logIn("alice", PASSWORD, HERE));
                assertReply(ErrorCode.UNAVAILABLE, () -> busy.register("bob", PASSWORD, HERE, name -> {}));
            }
        } finally {
            release.countDown();
        }
    }
}
