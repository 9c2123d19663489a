package chat.weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void allowsABurstAndThenTheRate() {
        RateLimiter.Meter meter = new RateLimiter.Meter(RateLimiter.perSecond(10, 3), -5);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, meter.take(-5), "take " + i);
        }
        assertEquals(100 * MILLISECOND, meter.take(-5));
        assertEquals(1, meter.take(-5 + 100 * MILLISECOND - 1));
        assertEquals(0, meter.take(-5 + 100 * MILLISECOND));
        assertEquals(100 * MILLISECOND, meter.take(-5 + 100 * MILLISECOND));
    }

    @Test
    void returnsNoMoreThanTheBurst() {
        RateLimiter.Meter meter = new RateLimiter.Meter(RateLimiter.perSecond(10, 2), 0);
        long later = 1_000_000 * MILLISECOND;
        assertEquals(0, meter.take(later));
        assertEquals(0, meter.take(later));
        assertEquals(100 * MILLISECOND, meter.take(later));
    }

    @Test
    void neverRefusesWithoutALimit() {
        RateLimiter.Meter meter = new RateLimiter.Meter(RateLimiter.perSecond(0, 0), 0);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, meter.take(0));
        }
    }
}
