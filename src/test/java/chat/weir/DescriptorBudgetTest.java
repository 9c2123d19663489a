package chat.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorBudgetTest {
    @ParameterizedTest
    @ValueSource(longs = {256, 300, 1_024, 4_096, 65_536, 1_048_576, Long.MAX_VALUE / 2})
    void leavesAReserveWhateverTheLimit(long limit) {
        DescriptorBudget budget = new DescriptorBudget(limit, 50);
        // The server rejects this many connections beyond the limit with a reply.
        assertTrue(50 + budget.connections() + 16L + 96 <= limit, budget::toString);
    }

    @Test
    void givesTheRestToClients() {
        assertEquals(1_024 - 60 - 96 - 16, new DescriptorBudget(1_024, 60).connections());
    }

    @Test
    void countsFreeDescriptorsOfTheProcess() {
        assertEquals(964, new DescriptorBudget(1_024, 60).free());
        assertTrue(DescriptorBudget.ofProcess().free() > 0);
    }

    @Test
    void allowsAtLeastOneClient() {
        assertTrue(new DescriptorBudget(64, 60).connections() >= 1);
    }
}
