package chat.weir.bench;

import chat.weir.bench.load.Figures;
import chat.weir.bench.load.LoadOptions;
import chat.weir.bench.load.Scenario;
import chat.weir.bench.load.Target;
import chat.weir.bench.report.Report;
import chat.weir.bench.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs every scenario with every server, several times, and reports. The servers alternate within a run, so that a
 * machine that becomes slower affects all of them. Exits with 1 if any run failed.
 *
 * <p>Threading: confined to the thread that calls {@link #main}.
 */
final class Benchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");
    /** The time limit of a run in addition to its warm-up and its measured period. */
    private static final Duration EXTRA_TIME = Duration.ofMinutes(3);

    private final Settings settings;
    private final Pinning pinning;
    private final Surroundings surroundings;
    private final List<Run> runs = new ArrayList<>();

    private Benchmark(Settings settings, Pinning pinning) throws IOException {
        this.settings = settings;
        this.pinning = pinning;
        this.surroundings = Surroundings.of(settings, pinning);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings = Settings.of(System.getenv()).within(Host.openFiles());
        if (settings.servers().contains(JvmContender.WEIR) && !Files.exists(JvmContender.JAR)) {
            System.err.println(
                    JvmContender.JAR + " is missing: build it, or leave Weir out: SERVERS=plain,naive,gathered");
            System.exit(2);
        }
        Pinning pinning = Pinning.detect(System.getenv().getOrDefault("SERVER_CORES", ""));
        System.out.println(pinning.description());
        boolean sound = new Benchmark(settings, pinning).run();
        System.exit(sound ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        for (Scenario scenario : settings.scenarios()) {
            for (int number = 1; number <= settings.runs(); number++) {
                for (Contender contender : settings.servers()) {
                    if (contender.takesPartIn(scenario)) {
                        run(scenario, contender, number);
                    }
                }
            }
            report().write(DIRECTORY);
        }
        System.out.println("\n" + report().markdown());
        System.out.println("written to " + DIRECTORY + "/results.md and results.json");
        return runs.stream().noneMatch(Run::hasFailed);
    }

    private Report report() {
        return new Report(surroundings.facts(), runs);
    }

    private void run(Scenario scenario, Contender contender, int number) throws IOException, InterruptedException {
        String name = scenario + "-" + contender.title() + "-" + number;
        System.out.printf("%s %s, run %d: ", scenario, contender.title(), number);
        Run run;
        try {
            Figures figures =
                    measure(scenario, contender, DIRECTORY.resolve("log").resolve(name));
            run = Run.measured(scenario, contender.title(), number, figures);
            System.out.println(figures.summary());
        } catch (RunFailure failure) {
            run = Run.failed(scenario, contender.title(), number, String.valueOf(failure.getMessage()));
            System.out.println("FAILED: " + failure.getMessage());
        }
        runs.add(run);
    }

    private Figures measure(Scenario scenario, Contender contender, Path log) throws IOException, InterruptedException {
        Path serverLog = Path.of(log + "-server.log");
        try (ServerProcess server = ServerProcess.start(scenario, contender, settings, pinning, serverLog)) {
            Target target = new Target(
                    server.port(),
                    server.pid(),
                    contender.dialect(),
                    contender.requiresLogin(),
                    contender.separatesArrivals(),
                    jcmd());
            Duration duration = scenario.isArrival() ? contender.timeLimit(settings) : settings.duration();
            LoadOptions options = new LoadOptions(
                    scenario,
                    target,
                    settings.warmUp(),
                    duration,
                    count(scenario),
                    settings.spin(),
                    settings.threads());
            List<String> command = new ArrayList<>(pinning.load());
            command.addAll(List.of(Settings.ownJava().toString(), "-cp", System.getProperty("java.class.path")));
            command.add("chat.weir.bench.load.LoadGenerator");
            command.addAll(options.words());
            try (Child load = Child.start(command, Map.of(), Path.of(log + "-load.log"))) {
                load.await(EXTRA_TIME.plus(settings.warmUp()).plus(duration));
                return figures(load);
            }
        }
    }

    private int count(Scenario scenario) {
        return switch (scenario) {
            case E -> settings.connections();
            case F -> settings.handshakes();
            default -> scenario.arrivals();
        };
    }

    private static Figures figures(Child load) throws IOException {
        List<String> output = load.output();
        if (!load.hasSucceeded()) {
            throw new RunFailure(load.isAlive() ? "the load generator does not end" : String.join(" ", output));
        }
        return output.stream()
                .filter(Figures::isLine)
                .findFirst()
                .map(Figures::parse)
                .orElseThrow(
                        () -> new RunFailure("the load generator printed no figures: " + String.join(" ", output)));
    }

    /** The {@code jcmd} next to the servers' java, or else next to this process's java: a JRE has none. */
    private Path jcmd() {
        Path besideServer = settings.java().resolveSibling("jcmd");
        return Files.isExecutable(besideServer)
                ? besideServer
                : Settings.ownJava().resolveSibling("jcmd");
    }
}
