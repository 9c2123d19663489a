package chat.weir.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of the load generator, passed on its command line as {@code key=value} words.
 *
 * @param duration of the measured period; for scenario I, the time limit
 * @param count the number of connections (E), handshakes (F) or arrivals (I); not used by other scenarios
 * @param spin whether the generator never sleeps: otherwise a server that leaves it idle pays for waking it up
 * @param threads whether the CPU time of each thread of the server is measured, too
 */
public record LoadOptions(
        Scenario scenario,
        Target target,
        Duration warmUp,
        Duration duration,
        int count,
        boolean spin,
        boolean threads) {

    static LoadOptions parse(String[] words) {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new LoadOptions(
                Scenario.valueOf(value(values, "scenario")),
                new Target(
                        Integer.parseInt(value(values, "port")),
                        Long.parseLong(value(values, "pid")),
                        Dialect.valueOf(value(values, "dialect")),
                        Boolean.parseBoolean(value(values, "login")),
                        Boolean.parseBoolean(value(values, "alone")),
                        Path.of(value(values, "jcmd"))),
                Duration.parse(value(values, "warmup")),
                Duration.parse(value(values, "duration")),
                Integer.parseInt(value(values, "count")),
                Boolean.parseBoolean(value(values, "spin")),
                Boolean.parseBoolean(value(values, "threads")));
    }

    public List<String> words() {
        return List.of(
                "scenario=" + scenario,
                "port=" + target.port(),
                "pid=" + target.pid(),
                "dialect=" + target.dialect(),
                "login=" + target.login(),
                "alone=" + target.alone(),
                "jcmd=" + target.jcmd(),
                "warmup=" + warmUp,
                "duration=" + duration,
                "count=" + count,
                "spin=" + spin,
                "threads=" + threads);
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + "= is missing");
        }
        return value;
    }
}
