package chat.weir.bench.report;

import chat.weir.bench.load.Figure;
import chat.weir.bench.load.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The sizes of scenario I side by side: the costs of Weir and of the servers that send the users at every change, and
 * Weir's cost as a percentage of theirs. If a server was stopped before it had announced all arrivals, the percentage
 * is an upper bound and is marked as such. The exponent is the power of the number of arrivals with which a cost has
 * grown since the previous size; it is missing if one of the two measurements is incomplete.
 */
record ArrivalsReport(Runs runs) {
    private static final String WEIR = "weir";
    private static final double WHOLE = 100;

    String markdown() {
        List<Scenario> sizes =
                runs.scenarios().stream().filter(Scenario::isArrival).toList();
        if (sizes.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## I: all sizes\n");
        for (Figure figure : List.of(Figure.SERVER_CPU, Figure.RECEIVED)) {
            text.append('\n').append(table(sizes, figure));
        }
        return text.toString();
    }

    private Table table(List<Scenario> sizes, Figure figure) {
        List<String> servers = sizes.stream()
                .flatMap(size -> runs.servers(size).stream())
                .distinct()
                .toList();
        List<String> head = new ArrayList<>(List.of("arrivals: " + figure.title()));
        for (String server : servers) {
            head.add(server);
            head.add("exponent");
            if (!server.equals(WEIR)) {
                head.add("told of");
                head.add("weir is");
            }
        }
        Table table = new Table(head);
        for (int i = 0; i < sizes.size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(String.format(Locale.ROOT, "%,d", sizes.get(i).arrivals()));
            for (String server : servers) {
                row.add(runs.median(sizes.get(i), server, figure).stream()
                        .mapToObj(figure::format)
                        .findFirst()
                        .orElse("–"));
                row.add(i == 0 ? "–" : exponent(sizes.get(i - 1), sizes.get(i), server, figure));
                if (!server.equals(WEIR)) {
                    row.add(percent("%.1f %%", runs.median(sizes.get(i), server, Figure.ARRIVALS_TOLD)));
                    row.add(share(sizes.get(i), server, figure));
                }
            }
            table.add(row);
        }
        return table;
    }

    private String share(Scenario size, String server, Figure figure) {
        OptionalDouble weir = runs.median(size, WEIR, figure);
        OptionalDouble other = runs.median(size, server, figure);
        if (weir.isEmpty() || other.isEmpty() || other.getAsDouble() == 0) {
            return "–";
        }
        String share = percent("%.2f %%", OptionalDouble.of(100 * weir.getAsDouble() / other.getAsDouble()));
        return isWhole(size, server) ? share : "at most " + share;
    }

    private String exponent(Scenario smaller, Scenario size, String server, Figure figure) {
        OptionalDouble before = runs.median(smaller, server, figure);
        OptionalDouble after = runs.median(size, server, figure);
        if (!isWhole(smaller, server) || !isWhole(size, server) || before.isEmpty() || after.isEmpty()) {
            return "–";
        }
        double growth = Math.log(after.getAsDouble() / before.getAsDouble());
        return String.format(Locale.ROOT, "%.1f", growth / Math.log((double) size.arrivals() / smaller.arrivals()));
    }

    /** Whether every run announced all arrivals. */
    private boolean isWhole(Scenario size, String server) {
        return runs.least(size, server, Figure.ARRIVALS_TOLD).orElse(0) >= WHOLE;
    }

    private static String percent(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "–";
    }
}
