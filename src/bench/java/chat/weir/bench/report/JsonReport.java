package chat.weir.bench.report;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Scenario;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report as JSON: the surroundings, the medians, and every run. */
record JsonReport(Map<String, String> surroundings, Runs runs) {
    private static final JsonMapper JSON = new JsonMapper();

    String text() {
        ObjectNode report = JSON.createObjectNode();
        surroundings.forEach(report.putObject("surroundings")::put);
        ObjectNode medians = report.putObject("medians");
        for (Scenario scenario : runs.scenarios()) {
            ObjectNode ofScenario = medians.putObject(scenario.name());
            for (String server : runs.servers(scenario)) {
                putMedians(ofScenario.putObject(server), scenario, server);
            }
        }
        ArrayNode all = report.putArray("runs");
        runs.all().forEach(run -> put(all.addObject(), run));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    private void putMedians(ObjectNode target, Scenario scenario, String server) {
        for (Figure figure : runs.figures(scenario)) {
            runs.median(scenario, server, figure).ifPresent(median -> target.put(key(figure), median));
        }
    }

    private static void put(ObjectNode target, Run run) {
        target.put("scenario", run.scenario().name())
                .put("server", run.server())
                .put("run", run.number());
        if (run.hasFailed()) {
            target.put("failure", run.failure());
        }
        ObjectNode figures = target.putObject("figures");
        run.figures().values().keySet().stream()
                .sorted()
                .forEach(figure -> figures.put(key(figure), run.figures().value(figure)));
        if (!run.figures().threads().isEmpty()) {
            run.figures().threads().forEach(target.putObject("threads")::put);
        }
    }

    private static String key(Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT);
    }
}
