package chat.weir.bench;

import chat.weir.bench.load.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is to be measured and for how long, from the environment.
 *
 * @param connections how many there are in scenario E
 * @param handshakes how many are measured in scenario F
 * @param java the program that runs the servers
 * @param serverOptions more options for their JVM
 */
record Settings(
        List<Scenario> scenarios,
        List<Contender> servers,
        int runs,
        Duration warmUp,
        Duration duration,
        int connections,
        int handshakes,
        Path java,
        List<String> serverOptions) {
    private static final int OTHER_FILES = 500;

    static Settings of(Map<String, String> environment) {
        return new Settings(
                words(environment.getOrDefault("SCENARIOS", "A,B,C,D,E,F,G,H"))
                        .map(Scenario::valueOf)
                        .toList(),
                words(environment.getOrDefault("SERVERS", "weir,stored,plain,naive,gathered"))
                        .map(Contender::valueOf)
                        .toList(),
                Integer.parseInt(environment.getOrDefault("RUNS", "3")),
                duration(environment.getOrDefault("WARMUP", "3s")),
                duration(environment.getOrDefault("DURATION", "5s")),
                Integer.parseInt(environment.getOrDefault("CONNECTIONS", "10000")),
                Integer.parseInt(environment.getOrDefault("HANDSHAKES", "40000")),
                Path.of(environment.getOrDefault("JAVA_SERVER", ownJava().toString())),
                Stream.of(environment.getOrDefault("SERVER_OPTS", "").split("\\s+", -1))
                        .filter(option -> !option.isEmpty())
                        .toList());
    }

    /** The same with no more connections than a process may have files open, some being needed for others. */
    Settings within(int openFiles) {
        int most = openFiles - OTHER_FILES;
        if (connections <= most) {
            return this;
        }
        System.out.println(
                "only " + most + " connections in E instead of " + connections + ": ulimit -n is " + openFiles);
        return new Settings(scenarios, servers, runs, warmUp, duration, most, handshakes, java, serverOptions);
    }

    /** The program that runs this process, and the load generator. */
    static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Stream<String> words(String list) {
        return Stream.of(list.split(",", -1)).map(word -> word.strip().toUpperCase(Locale.ROOT));
    }

    /** Written as Weir's own settings are: {@code 500ms}, {@code 5s}, {@code 1m}. */
    private static Duration duration(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
