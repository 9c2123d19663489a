package chat.weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class ExpiringMapTest {
    private static final long LIFETIME = ExpiringMap.DURATION.toNanos();

    private final Semaphore permits = new Semaphore(ExpiringMap.MAX_ENTRIES + 10);
    private final ExpiringMap<String, Integer> expiringMap = new ExpiringMap<>(permits);

    @Test
    void expiresAfterFiveMinutes() {
        expiringMap.put("a", 1, 0);
        assertEquals(1, expiringMap.find("a", LIFETIME));
        assertNull(expiringMap.find("a", LIFETIME + 1));
        assertTrue(expiringMap.isEmpty(LIFETIME + 1));
    }

    @Test
    void keepsTheLaterValueAndItsTime() {
        expiringMap.put("a", 1, 0);
        expiringMap.put("b", 1, 1);
        expiringMap.put("a", 2, 2);
        assertNull(expiringMap.find("b", LIFETIME + 2));
        assertEquals(2, expiringMap.find("a", LIFETIME + 2));
    }

    @Test
    void evictsTheOldestWhenItIsFull() {
        for (int i = 0; i <= ExpiringMap.MAX_ENTRIES; i++) {
            expiringMap.put("key " + i, i, 0);
        }
        assertNull(expiringMap.find("key 0", 0));
        assertEquals(1, expiringMap.find("key 1", 0));
        assertEquals(10, permits.availablePermits());
    }

    @Test
    void sharesItsCapacityAndReturnsIt() {
        Semaphore few = new Semaphore(2);
        ExpiringMap<String, Integer> one = new ExpiringMap<>(few);
        ExpiringMap<String, Integer> other = new ExpiringMap<>(few);
        one.put("a", 1, 0);
        one.put("b", 1, 0);
        other.put("a", 1, 0);
        assertNull(other.find("a", 0), "no capacity was left, and it had no entry to evict");
        one.put("c", 1, 0);
        assertNull(one.find("a", 0));
        one.remove("b");
        one.remove("b");
        one.forgetAll();
        assertEquals(2, few.availablePermits());
    }
}
