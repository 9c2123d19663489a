package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    @Test
    void knowsEachOfItsKeysAndNothingElse() {
        ApiKeys keys = new ApiKeys(List.of("first-key", "second-key"));
        assertTrue(keys.contains("first-key"));
        assertTrue(keys.contains("second-key"));
        assertFalse(keys.contains("third-key"));
        assertFalse(keys.contains(""));
    }

    @Test
    void knowsNothingWhereThereAreNone() {
        assertFalse(new ApiKeys(List.of()).contains(""));
    }
}
