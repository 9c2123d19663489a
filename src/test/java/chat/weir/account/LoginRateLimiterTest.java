package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginRateLimiterTest {
    private static final String HERE = "192.0.2.1";

    private final FakeTime time = new FakeTime();
    private final LoginRateLimiter loginRateLimiter =
            new LoginRateLimiter(time.clocks().nanoTime());

    private static void assertTooMany(long retryAfterMillis, Runnable attempt) {
        ChatException reply = assertThrows(ChatException.class, attempt::run);
        assertEquals(ErrorCode.TOO_MANY, reply.code());
        assertEquals(retryAfterMillis, reply.retryAfterMillis());
        assertTrue(reply.text().endsWith("try again in " + retryAfterMillis / 1_000 + " s"), reply.text());
    }

    private void useUp(String address) {
        for (int i = 0; i < 20; i++) {
            loginRateLimiter.begin(address);
        }
    }

    @Test
    void allowsTenAttemptsPerNameAndAddressThenOneIn30Seconds() {
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin("bob", HERE);
        }
        loginRateLimiter.begin("bob", "192.0.2.2");
        assertTooMany(30_000, () -> loginRateLimiter.begin("bob", HERE));
        loginRateLimiter.begin("alice", HERE);
        time.advance(Duration.ofSeconds(29));
        assertTooMany(1_000, () -> loginRateLimiter.begin("bob", HERE));
        time.advance(Duration.ofSeconds(1));
        loginRateLimiter.begin("bob", HERE);
        assertTooMany(30_000, () -> loginRateLimiter.begin("bob", HERE));
    }

    @Test
    void allowsTwentyAttemptsPerAddressThenOneIn6Seconds() {
        for (int i = 0; i < 20; i++) {
            loginRateLimiter.begin("bob" + i, HERE);
        }
        assertTooMany(6_000, () -> loginRateLimiter.begin("carol", HERE));
        assertTooMany(6_000, () -> loginRateLimiter.begin(HERE));
        loginRateLimiter.begin("carol", "192.0.2.2");
        time.advance(Duration.ofSeconds(6));
        loginRateLimiter.begin(HERE);
        assertTooMany(6_000, () -> loginRateLimiter.begin("carol", HERE));
    }

    @Test
    void allowsAHundredAttemptsPerNameThenOneIn10Seconds() {
        for (int i = 0; i < 100; i++) {
            loginRateLimiter.begin("bob", "192.0.2." + i).countForName();
        }
        for (int i = 0; i < 30; i++) {
            assertTooMany(
                    10_000, () -> loginRateLimiter.begin("bob", "198.51.100.1").countForName());
        }
        loginRateLimiter.begin("bob", "198.51.100.1");
        loginRateLimiter.begin("alice", "198.51.100.1").countForName();
        time.advance(Duration.ofSeconds(10));
        loginRateLimiter.begin("bob", "198.51.100.1").countForName();
        assertTooMany(
                10_000, () -> loginRateLimiter.begin("bob", "198.51.100.1").countForName());
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(10));
            LoginRateLimiter.Attempt right = loginRateLimiter.begin("bob", "198.51.100.2");
            right.countForName();
            right.giveBack();
        }
        loginRateLimiter.begin("bob", "198.51.100.2").countForName();
    }

    @Test
    void accumulatesNoMoreThanTheBurst() {
        loginRateLimiter.begin(HERE);
        time.advance(Duration.ofDays(30));
        useUp(HERE);
        assertTooMany(6_000, () -> loginRateLimiter.begin(HERE));
    }

    @Test
    void doesNotCountReturnedPermits() {
        for (int i = 0; i < 100; i++) {
            loginRateLimiter.begin("bob", HERE).giveBack();
        }
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin("bob", HERE);
        }
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin("alice", HERE);
        }
        assertTooMany(6_000, () -> loginRateLimiter.begin("carol", HERE));
    }

    @Test
    void doesNotCountRefusedAttempts() {
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin("bob", HERE);
        }
        for (int i = 0; i < 100; i++) {
            assertTooMany(30_000, () -> loginRateLimiter.begin("bob", HERE));
        }
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin(HERE);
        }
        assertTooMany(6_000, () -> loginRateLimiter.begin("alice", HERE));
        for (int i = 0; i < 10; i++) {
            loginRateLimiter.begin("alice", "192.0.2.3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "2001:db8:1:2::1, 2001:0DB8:0001:0002:0:0:0:7",
        "2001:db8::1, 2001:db8::2%eth0",
        "::1, 0:0:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void countsANetworkAsOneAddress(String one, String other) {
        useUp(one);
        assertTooMany(6_000, () -> loginRateLimiter.begin(other));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "192.0.2.1, 192.0.2.2",
        "192.0.2.1, ::ffff:192.0.2.2",
        "a:b:c, a:b:d",
        "weir.invalid, other.invalid"
    })
    void countsOtherAddressesSeparately(String one, String other) {
        useUp(one);
        loginRateLimiter.begin(other);
        assertTooMany(6_000, () -> loginRateLimiter.begin(one));
    }
}
