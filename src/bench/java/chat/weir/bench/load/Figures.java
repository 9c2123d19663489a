package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of one run. The load generator passes them to its parent process as one line of its standard output.
 *
 * <p>Threading: immutable.
 *
 * @param threads the share of a core that each thread of the server has used, by name; usually empty
 */
public record Figures(Map<Figure, Double> values, Map<String, Double> threads) {
    private static final String LINE_BEGINS = "figures ";
    private static final String THREAD = "thread:";

    public Figures {
        values = Map.copyOf(values);
        threads = Map.copyOf(threads);
    }

    public static boolean isLine(String line) {
        return line.startsWith(LINE_BEGINS);
    }

    public static Figures parse(String line) {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        Map<String, Double> threads = new HashMap<>();
        for (String pair : line.substring(LINE_BEGINS.length()).split(" ", -1)) {
            int equals = pair.indexOf('=');
            String key = pair.substring(0, equals);
            Double value = Double.valueOf(pair.substring(equals + 1));
            if (key.startsWith(THREAD)) {
                threads.put(URLDecoder.decode(key.substring(THREAD.length()), UTF_8), value);
            } else {
                values.put(Figure.valueOf(key), value);
            }
        }
        return new Figures(values, threads);
    }

    public String line() {
        Stream<String> figures = values.entrySet().stream().map(figure -> figure.getKey() + "=" + figure.getValue());
        Stream<String> perThread = threads.entrySet().stream()
                .map(thread -> THREAD + URLEncoder.encode(thread.getKey(), UTF_8) + "=" + thread.getValue());
        return Stream.concat(figures, perThread).collect(Collectors.joining(" ", LINE_BEGINS, ""));
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
