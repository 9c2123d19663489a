package chat.weir.bench.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results of one run. The load generator passes them to its parent process as one line of its standard output.
 *
 * <p>Threading: immutable.
 */
public record Figures(Map<Figure, Double> values) {
    private static final String LINE_BEGINS = "figures ";

    public Figures {
        values = Map.copyOf(values);
    }

    public static boolean isLine(String line) {
        return line.startsWith(LINE_BEGINS);
    }

    public static Figures parse(String line) {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        for (String pair : line.substring(LINE_BEGINS.length()).split(" ", -1)) {
            int equals = pair.indexOf('=');
            values.put(Figure.valueOf(pair.substring(0, equals)), Double.valueOf(pair.substring(equals + 1)));
        }
        return new Figures(values);
    }

    public String line() {
        return values.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" ", LINE_BEGINS, ""));
    }

    /** A readable form: {@code deliveries/s 265,000 · CPU per delivery, µs 3.770 …}. */
    public String summary() {
        return values.keySet().stream()
                .sorted()
                .map(figure -> figure.title() + " " + figure.format(value(figure)))
                .collect(Collectors.joining(" · "));
    }

    /** The value of a figure that this run has measured. */
    public double value(Figure figure) {
        Double value = values.get(figure);
        if (value == null) {
            throw new IllegalArgumentException("no " + figure + " in " + values.keySet());
        }
        return value;
    }
}
