package chat.weir.bench.report;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Scenario;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** All runs of a benchmark, with queries over them. */
record Runs(List<Run> all) {
    List<Scenario> scenarios() {
        return all.stream().map(Run::scenario).distinct().sorted().toList();
    }

    List<String> servers(Scenario scenario) {
        return of(scenario).stream().map(Run::server).distinct().toList();
    }

    List<Figure> figures(Scenario scenario) {
        return of(scenario).stream()
                .flatMap(run -> run.figures().values().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    List<Run> failed() {
        return all.stream().filter(Run::hasFailed).toList();
    }

    /** The median of a server's valid runs; empty if there is none. */
    OptionalDouble median(Scenario scenario, String server, Figure figure) {
        double[] values = values(scenario, server, figure).sorted().toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }

    /** The minimum of a server's valid runs; empty if there is none. */
    OptionalDouble least(Scenario scenario, String server, Figure figure) {
        return values(scenario, server, figure).min();
    }

    private DoubleStream values(Scenario scenario, String server, Figure figure) {
        return of(scenario).stream()
                .filter(run -> run.server().equals(server))
                .filter(run -> run.figures().values().containsKey(figure))
                .mapToDouble(run -> run.figures().value(figure));
    }

    private List<Run> of(Scenario scenario) {
        return all.stream().filter(run -> run.scenario() == scenario).toList();
    }
}
