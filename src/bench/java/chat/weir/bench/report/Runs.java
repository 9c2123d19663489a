package chat.weir.bench.report;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
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
        return median(values(scenario, server, figure));
    }

    private static OptionalDouble median(DoubleStream all) {
        double[] values = all.sorted().toArray();
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

    /** The medians of the share of a core of each thread of a server, by name; empty unless measured. */
    Map<String, Double> threads(Scenario scenario, String server) {
        Map<String, List<Double>> percents = new TreeMap<>();
        of(scenario).stream()
                .filter(run -> run.server().equals(server))
                .forEach(run -> run.figures()
                        .threads()
                        .forEach((name, percent) -> percents.computeIfAbsent(name, unused -> new ArrayList<>())
                                .add(percent)));
        Map<String, Double> medians = new TreeMap<>();
        percents.forEach((name, all) ->
                median(all.stream().mapToDouble(Double::doubleValue)).ifPresent(median -> medians.put(name, median)));
        return medians;
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
