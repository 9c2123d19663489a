package chat.weir.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cores of the server and of the load generator: the first and the last of those that this process may use, unless
 * other cores are given for the server. Without effect if there is only one, or no {@code taskset}.
 *
 * @param server the command prefix of the server
 * @param load the command prefix of the load generator
 * @param description for the report
 */
record Pinning(List<String> server, List<String> load, String description) {
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** @param serverCores the cores of the server, such as {@code 0,1}; empty: the first core */
    static Pinning detect(String serverCores) throws IOException {
        List<Integer> cores = allowedCores();
        if (!hasTaskset()) {
            return none("there is no taskset");
        }
        if (cores.size() < 2) {
            return none("there are not two cores");
        }
        String server = serverCores.isEmpty() ? Integer.toString(cores.get(0)) : serverCores;
        int last = cores.get(cores.size() - 1);
        return new Pinning(
                List.of("taskset", "-c", server),
                List.of("taskset", "-c", Integer.toString(last)),
                "server on core " + server + ", load generator on core " + last);
    }

    private static Pinning none(String reason) {
        return new Pinning(List.of(), List.of(), "NOT pinned to cores, since " + reason);
    }

    private static boolean hasTaskset() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
    }

    /** Reads a list such as {@code 0-3,8}. */
    private static List<Integer> allowedCores() throws IOException {
        List<Integer> cores = new ArrayList<>();
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(ALLOWED)) {
                    addRanges(cores, line.substring(ALLOWED.length()).strip());
                }
            }
        }
        return cores;
    }

    private static void addRanges(List<Integer> cores, String list) {
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
    }
}
