package chat.weir.bench.report;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The report of a benchmark: the medians as one table per scenario, with the ratios of Weir to Weir with a database, to
 * the plain server, to the gathered floor and to the reference.
 *
 * @param surroundings the facts that the figures depend on, by name, in the order of the report
 */
public record Report(Map<String, String> surroundings, List<Run> runs) {
    private static final String WEIR = "weir";
    private static final double LEAST_PERCENT = 0.1;
    private static final List<String> YARDSTICKS = List.of("stored", "plain", "gathered", "reference");

    /** Writes {@code results.md} and {@code results.json}. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), markdown());
        Files.writeString(directory.resolve("results.json"), new JsonReport(surroundings, new Runs(runs)).text());
    }

    public String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark\n\n");
        surroundings.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        Runs all = new Runs(runs);
        for (Scenario scenario : all.scenarios()) {
            text.append("\n## ")
                    .append(scenario)
                    .append(": ")
                    .append(scenario.title())
                    .append("\n\n");
            text.append(table(all, scenario));
            for (String server : all.servers(scenario)) {
                text.append(threads(server, all.threads(scenario, server)));
            }
        }
        text.append(new ArrivalsReport(all).markdown());
        for (Run run : all.failed()) {
            text.append("\nFAILED: scenario ")
                    .append(run.scenario())
                    .append(", ")
                    .append(run.server());
            text.append(", run ")
                    .append(run.number())
                    .append(": ")
                    .append(run.failure())
                    .append('\n');
        }
        return text.toString();
    }

    private static Table table(Runs all, Scenario scenario) {
        List<String> servers = all.servers(scenario);
        List<String> yardsticks = servers.contains(WEIR)
                ? YARDSTICKS.stream().filter(servers::contains).toList()
                : List.of();
        List<String> head = new ArrayList<>(List.of("median"));
        head.addAll(servers);
        yardsticks.forEach(other -> head.add(WEIR + "/" + other));
        Table table = new Table(head);
        for (Figure figure : all.figures(scenario)) {
            List<String> row = new ArrayList<>(List.of(figure.title()));
            servers.forEach(server -> row.add(cell(figure, all.median(scenario, server, figure))));
            yardsticks.forEach(
                    other -> row.add(ratio(all.median(scenario, WEIR, figure), all.median(scenario, other, figure))));
            table.add(row);
        }
        return table;
    }

    /** The threads that matter, the busiest first. */
    private static String threads(String server, Map<String, Double> percents) {
        if (percents.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("thread of " + server, "% of a core"));
        percents.entrySet().stream()
                .filter(thread -> thread.getValue() >= LEAST_PERCENT)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(thread ->
                        table.add(List.of(thread.getKey(), String.format(Locale.ROOT, "%.1f", thread.getValue()))));
        return "\n" + table;
    }

    private static String cell(Figure figure, OptionalDouble median) {
        return median.isPresent() ? figure.format(median.getAsDouble()) : "–";
    }

    private static String ratio(OptionalDouble weir, OptionalDouble other) {
        if (weir.isEmpty() || other.isEmpty() || other.getAsDouble() == 0) {
            return "–";
        }
        return String.format(Locale.ROOT, "%.2f", weir.getAsDouble() / other.getAsDouble());
    }
}
