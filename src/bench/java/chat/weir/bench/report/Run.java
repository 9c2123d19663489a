package chat.weir.bench.report;

import chat.weir.bench.load.Figures;
import chat.weir.bench.load.Scenario;
import java.util.Map;

/**
 * One run of one server in one scenario.
 *
 * @param number the number of the run, from 1
 * @param figures none if it failed
 * @param failure why the run is invalid, or empty
 */
public record Run(Scenario scenario, String server, int number, Figures figures, String failure) {

    public static Run measured(Scenario scenario, String server, int number, Figures figures) {
        return new Run(scenario, server, number, figures, "");
    }

    public static Run failed(Scenario scenario, String server, int number, String failure) {
        return new Run(scenario, server, number, new Figures(Map.of(), Map.of()), failure);
    }

    public boolean hasFailed() {
        return !failure.isEmpty();
    }
}
