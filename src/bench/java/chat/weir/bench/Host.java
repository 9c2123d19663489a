package chat.weir.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine of the measurement, as described by Linux. */
final class Host {
    private static final Pattern MODEL = Pattern.compile("model name\\s*: (.*)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");

    private Host() {}

    static String description() {
        return find(MODEL, "/proc/cpuinfo", "unknown CPU") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + Long.parseLong(find(MEMORY, "/proc/meminfo", "0")) / 1024 + " MiB, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /** The maximum number of open files and sockets of a process. The JVM raises it to the hard limit. */
    static int openFiles() {
        return Integer.parseInt(find(OPEN_FILES, "/proc/self/limits", "1024"));
    }

    /** The second line of {@code java -version}, which names the build. */
    static String javaVersion(Path java) throws IOException {
        Process process = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        String[] lines = new String(process.getInputStream().readAllBytes(), UTF_8).split("\n", -1);
        return lines.length > 1 ? lines[1] : lines[0];
    }

    private static String find(Pattern pattern, String file, String otherwise) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1) : otherwise;
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
