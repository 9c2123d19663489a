package chat.weir.bench;

import chat.weir.bench.sqlite.InsertLoad;
import chat.weir.bench.sqlite.InsertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code make bench-sqlite}: what SQLite alone takes for the rows that the message log inserts in scenarios A and C. Each
 * run is a process of its own, on the server's core. The runs of all combinations alternate.
 *
 * <p>Threading: confined to the thread that calls {@link #main}.
 */
final class SqliteBenchmark {
    private static final Path LOG = Path.of("target", "bench", "log", "sqlite.log");
    private static final Duration EXTRA_TIME = Duration.ofMinutes(1);
    private static final List<String> SYNCHRONOUS = List.of("FULL", "NORMAL");
    /** One channel as in scenario A, and a hundred as in C. */
    private static final List<Integer> CHANNELS = List.of(1, 100);

    private static final List<Integer> BATCHES = List.of(1, 8, 80, 800);

    private SqliteBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings = Settings.of(System.getenv());
        Pinning pinning = Pinning.detect(System.getenv().getOrDefault("SERVER_CORES", ""));
        System.out.println(pinning.description());
        List<InsertOptions> all = combinations(settings);
        double[][] rowsPerSecond = new double[all.size()][settings.runs()];
        double[][] cpuMicros = new double[all.size()][settings.runs()];
        for (int run = 0; run < settings.runs(); run++) {
            for (int i = 0; i < all.size(); i++) {
                InsertLoad.Result result = measure(all.get(i), settings, pinning);
                rowsPerSecond[i][run] = result.rowsPerSecond();
                cpuMicros[i][run] = result.cpuMicrosPerRow();
            }
        }
        System.out.println("| synchronous | channels | rows per transaction | rows/s | CPU per row, µs |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (int i = 0; i < all.size(); i++) {
            InsertOptions options = all.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %,.0f | %.2f |%n",
                    options.synchronous(),
                    options.channels(),
                    options.batch(),
                    median(rowsPerSecond[i]),
                    median(cpuMicros[i]));
        }
    }

    private static List<InsertOptions> combinations(Settings settings) {
        List<InsertOptions> all = new ArrayList<>();
        for (String synchronous : SYNCHRONOUS) {
            for (int channels : CHANNELS) {
                for (int batch : BATCHES) {
                    all.add(new InsertOptions(synchronous, channels, batch, settings.warmUp(), settings.duration()));
                }
            }
        }
        return all;
    }

    private static InsertLoad.Result measure(InsertOptions options, Settings settings, Pinning pinning)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(pinning.server());
        command.add(settings.java().toString());
        command.addAll(settings.serverOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), InsertLoad.class.getName()));
        command.addAll(options.words());
        try (Child load = Child.start(command, Map.of(), LOG)) {
            load.await(EXTRA_TIME.plus(settings.warmUp()).plus(settings.duration()));
            if (!load.hasSucceeded()) {
                throw new RunFailure("inserting failed, see " + LOG);
            }
            return load.output().stream()
                    .filter(InsertLoad.Result::isLine)
                    .findFirst()
                    .map(InsertLoad.Result::parse)
                    .orElseThrow(() -> new RunFailure("no result, see " + LOG));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
