package chat.weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyedRateLimiterTest {
    private static final RateLimiter ONE_IN_1000_NANOS = new RateLimiter(1_000, 1);

    @Test
    void limitsEachKeySeparately() {
        KeyedRateLimiter limiter = new KeyedRateLimiter(ONE_IN_1000_NANOS, 3);
        assertEquals(0, limiter.take("a", 0));
        assertEquals(600, limiter.take("a", 400));
        assertEquals(0, limiter.take("b", 400));
        assertEquals(0, limiter.take("a", 1_000));
    }

    @Test
    void evictsTheLeastRecentlyUsedKey() {
        KeyedRateLimiter limiter = new KeyedRateLimiter(ONE_IN_1000_NANOS, 3);
        assertEquals(0, limiter.take("a", 0));
        assertEquals(0, limiter.take("b", 0));
        assertEquals(0, limiter.take("c", 0));
        assertEquals(1_000, limiter.take("a", 0), "b is the least recently used key now");
        assertEquals(0, limiter.take("d", 0));
        assertEquals(3, limiter.size());
        assertEquals(1_000, limiter.take("a", 0));
        assertEquals(1_000, limiter.take("c", 0));
        assertEquals(0, limiter.take("b", 0), "evicted, so its burst is available again");
    }

    @Test
    void acceptsAReturnedPermit() {
        KeyedRateLimiter limiter = new KeyedRateLimiter(ONE_IN_1000_NANOS, 3);
        assertEquals(0, limiter.take("a", 0));
        limiter.giveBack("a");
        assertEquals(0, limiter.take("a", 0));
        assertEquals(1_000, limiter.take("a", 0));
    }

    @Test
    void keepsNoKeyAfterItsPermitIsReturned() {
        KeyedRateLimiter limiter = new KeyedRateLimiter(ONE_IN_1000_NANOS, 1);
        assertEquals(0, limiter.take("a", 0));
        limiter.giveBack("forgotten");
        assertEquals(1, limiter.size());
        assertEquals(1_000, limiter.take("a", 0));
    }
}
