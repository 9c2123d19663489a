package chat.weir.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Figures;
import chat.weir.bench.load.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void showsTheRatioToTheReference() {
        String text = markdown(run("weir", 1, 30, Map.of()), run("reference", 1, 40, Map.of()));
        assertTrue(text.contains("| weir/reference |"), text);
        assertTrue(text.contains("|           0.75 |"), text);
    }

    @Test
    void showsTheMedianOfEachBusyThread() {
        String text = markdown(
                run("weir", 1, 30, Map.of("idle", 0.01, "selector", 60.0)),
                run("weir", 2, 30, Map.of("idle", 0.01, "selector", 70.0, "log", 80.0)),
                run("weir", 3, 30, Map.of("idle", 0.01, "selector", 90.0)));
        List<String> rows = text.lines()
                .dropWhile(line -> !line.startsWith("| thread of weir"))
                .skip(2)
                .toList();
        assertEquals(List.of("| log            |        80.0 |", "| selector       |        70.0 |"), rows);
    }

    @Test
    void showsNoThreadsThatWereNotMeasured() {
        assertFalse(markdown(run("weir", 1, 30, Map.of())).contains("thread of"));
    }

    private static Run run(String server, int number, double deliveries, Map<String, Double> threads) {
        Figures figures = new Figures(Map.of(Figure.DELIVERIES, deliveries), threads);
        return Run.measured(Scenario.A, server, number, figures);
    }

    private static String markdown(Run... runs) {
        return new Report(Map.of(), List.of(runs)).markdown();
    }
}
