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
        // So many more than the limit are told that the server is full.
        long most = budget.connections() + 16L + budget.httpConnections();
        assertTrue(50 + most + 96 <= limit, budget.connections() + " " + budget.httpConnections());
    }

    @Test
    void givesChatClientsMost() {
        DescriptorBudget budget = new DescriptorBudget(1_024, 60);
        assertEquals(217, budget.httpConnections());
        assertEquals(635, budget.connections());
    }

    @Test
    void letsSomebodyInWhateverIsOpen() {
        DescriptorBudget budget = new DescriptorBudget(64, 60);
        assertTrue(budget.connections() >= 1);
        assertTrue(budget.httpConnections() >= 1);
    }
}
