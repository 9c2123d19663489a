package chat.weir.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void areTheSameAfterTheirLine() {
        Figures figures = new Figures(
                Map.of(Figure.DELIVERIES, 1234.5, Figure.LATENCY_P50, 0.25),
                Map.of("C2 CompilerThre", 12.5, "a=b (1)", 0.0));
        assertTrue(Figures.isLine(figures.line()));
        assertEquals(figures, Figures.parse(figures.line()));
    }
}
