package chat.weir.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final long LIFETIME = Remembered.DURATION.toNanos();

    private final Semaphore places = new Semaphore(Remembered.MAX_ENTRIES + 10);
    private final Remembered<String, Integer> remembered = new Remembered<>(places);

    @Test
    void forgetsAfterFiveMinutes() {
        remembered.put("a", 1, 0);
        assertEquals(1, remembered.find("a", LIFETIME));
        assertNull(remembered.find("a", LIFETIME + 1));
        assertTrue(remembered.isEmpty(LIFETIME + 1));
    }

    @Test
    void keepsTheLastOfTwoAndItsTime() {
        remembered.put("a", 1, 0);
        remembered.put("b", 1, 1);
        remembered.put("a", 2, 2);
        assertNull(remembered.find("b", LIFETIME + 2));
        assertEquals(2, remembered.find("a", LIFETIME + 2));
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        for (int i = 0; i <= Remembered.MAX_ENTRIES; i++) {
            remembered.put("key " + i, i, 0);
        }
        assertNull(remembered.find("key 0", 0));
        assertEquals(1, remembered.find("key 1", 0));
        assertEquals(10, places.availablePermits());
    }

    @Test
    void sharesItsPlacesWithOthersAndGivesThemBack() {
        Semaphore few = new Semaphore(2);
        Remembered<String, Integer> one = new Remembered<>(few);
        Remembered<String, Integer> other = new Remembered<>(few);
        one.put("a", 1, 0);
        one.put("b", 1, 0);
        other.put("a", 1, 0);
        assertNull(other.find("a", 0), "there was no place, and nothing of its own to forget");
        one.put("c", 1, 0);
        assertNull(one.find("a", 0));
        one.remove("b");
        one.remove("b");
        one.forgetAll();
        assertEquals(2, few.availablePermits());
    }
}
