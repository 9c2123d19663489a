package chat.weir.websocket.descriptor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FreeDescriptorsTest {
    private long free = 2_000;
    private int sockets = 100;

    private final FreeDescriptors descriptors = new FreeDescriptors(
            () -> {
                if (free == 0) {
                    throw new InternalError("errno: 24");
                }
                return free;
            },
            () -> sockets);

    @Test
    void areScarceBeforeTheFirstCount() {
        assertFalse(descriptors.arePlenty());
        descriptors.count();
        assertTrue(descriptors.arePlenty());
    }

    @Test
    void followTheNumberOfSocketsBetweenCounts() {
        descriptors.count();
        sockets += 975;
        assertTrue(descriptors.arePlenty());
        sockets++;
        assertFalse(descriptors.arePlenty());
        sockets--;
        assertTrue(descriptors.arePlenty());
    }

    @Test
    void followOtherDescriptorsFromTheNextCountOn() {
        descriptors.count();
        free = 1_024;
        descriptors.count();
        assertFalse(descriptors.arePlenty());
    }

    @Test
    void areScarceIfTheyCannotBeCounted() {
        descriptors.count();
        free = 0;
        descriptors.count();
        assertFalse(descriptors.arePlenty());
        free = 2_000;
        descriptors.count();
        assertTrue(descriptors.arePlenty());
    }
}
