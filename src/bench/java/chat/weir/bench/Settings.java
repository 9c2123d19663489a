package chat.weir.bench;

import chat.weir.bench.load.Dialect;
import chat.weir.bench.load.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the benchmark, from the environment.
 *
 * @param connections the number of connections in scenario E
 * @param handshakes the number of measured handshakes in scenario F
 * @param spin whether the load generator never sleeps
 * @param threads whether the CPU time of each thread of the server is measured, too
 * @param bound the time limit of a server for all arrivals in scenario I
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
        boolean spin,
        boolean threads,
        Duration bound,
        Path java,
        List<String> serverOptions) {
    private static final int OTHER_FILES = 500;

    static Settings of(Map<String, String> environment) {
        return new Settings(
                words(environment.getOrDefault("SCENARIOS", "A,B,C,D,E,F,G,H"))
                        .flatMap(Settings::scenarios)
                        .toList(),
                servers(environment),
                Integer.parseInt(environment.getOrDefault("RUNS", "3")),
                duration(environment.getOrDefault("WARMUP", "3s")),
                duration(environment.getOrDefault("DURATION", "5s")),
                Integer.parseInt(environment.getOrDefault("CONNECTIONS", "10000")),
                Integer.parseInt(environment.getOrDefault("HANDSHAKES", "40000")),
                Boolean.parseBoolean(environment.getOrDefault("SPIN", "false")),
                Boolean.parseBoolean(environment.getOrDefault("THREADS", "false")),
                duration(environment.getOrDefault("BOUND", "60s")),
                Path.of(environment.getOrDefault("JAVA_SERVER", ownJava().toString())),
                Stream.of(environment.getOrDefault("SERVER_OPTS", "").split("\\s+", -1))
                        .filter(option -> !option.isEmpty())
                        .toList());
    }

    /** The same settings with at most as many connections as the limit of open files allows. */
    Settings within(int openFiles) {
        int most = openFiles - OTHER_FILES;
        if (scenarios.stream().anyMatch(scenario -> scenario.arrivals() > most)) {
            throw new IllegalArgumentException("ulimit -n is " + openFiles + ", too low for the arrivals of I");
        }
        if (connections <= most) {
            return this;
        }
        System.out.println(
                "only " + most + " connections in E instead of " + connections + ": ulimit -n is " + openFiles);
        return new Settings(
                scenarios,
                servers,
                runs,
                warmUp,
                duration,
                most,
                handshakes,
                spin,
                threads,
                bound,
                java,
                serverOptions);
    }

    /** The program that runs this process, and the load generator. */
    static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** One scenario by its name, or all sizes by their common letter: {@code I}. */
    private static Stream<Scenario> scenarios(String word) {
        if (Stream.of(Scenario.values()).anyMatch(scenario -> scenario.name().equals(word))) {
            return Stream.of(Scenario.valueOf(word));
        }
        List<Scenario> sizes = Stream.of(Scenario.values())
                .filter(scenario ->
                        scenario.name().length() > 1 && scenario.name().charAt(0) == word.charAt(0))
                .toList();
        if (word.length() != 1 || sizes.isEmpty()) {
            throw new IllegalArgumentException("there is no scenario " + word);
        }
        return sizes.stream();
    }

    /** The servers of the list; in addition the reference, if there is one. */
    private static List<Contender> servers(Map<String, String> environment) {
        Stream<Contender> listed = words(
                        environment.getOrDefault("SERVERS", "weir,alone,stored,plain,naive,gathered,listing,capped"))
                .map(JvmContender::valueOf);
        return Stream.concat(listed, reference(environment).stream()).toList();
    }

    private static Optional<Contender> reference(Map<String, String> environment) {
        String dialect = environment.getOrDefault("REFERENCE_DIALECT", "raw").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(environment.get("REFERENCE"))
                .filter(commandLine -> !commandLine.isBlank())
                .map(commandLine -> new Reference(commandLine, Dialect.valueOf(dialect)));
    }

    private static Stream<String> words(String list) {
        return Stream.of(list.split(",", -1)).map(word -> word.strip().toUpperCase(Locale.ROOT));
    }

    /** Parses a duration in the notation of Weir's settings: {@code 500ms}, {@code 5s}, {@code 1m}. */
    private static Duration duration(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
