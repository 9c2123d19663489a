package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    @Test
    void acceptsOnlyItsKeys() {
        ApiKeys keys = new ApiKeys(List.of("first-key", "second-key"));
        assertTrue(keys.find("first-key").isPresent());
        assertTrue(keys.find("second-key").isPresent());
        assertFalse(keys.find("third-key").isPresent());
        assertFalse(keys.find("").isPresent());
    }

    @Test
    void distinguishesItsKeys() {
        ApiKeys keys = new ApiKeys(List.of("first-key", "second-key"));
        assertNotEquals(keys.find("first-key"), keys.find("second-key"));
        assertEquals(keys.find("first-key"), new ApiKeys(List.of("other", "first-key")).find("first-key"));
    }

    @Test
    void acceptsNothingWithoutKeys() {
        assertFalse(new ApiKeys(List.of()).find("").isPresent());
    }
}
