package chat.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Runs the jar as a separate process, with its output in a file. */
public final class JarProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("weir.jar", "target/weir.jar"));

    /** A JVM option that starts the process faster, but makes it slower under load. */
    public static final Map<String, String> QUICK_START =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private final Process process;
    private final Path output;

    private JarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the jar with additional environment variables. */
    public static JarProcess start(Path directory, Map<String, String> settings, String... arguments) {
        return startBy(List.of(), directory, settings, arguments);
    }

    /** Starts a main class of the tests instead of the jar. */
    public static JarProcess startMain(String mainClass, Path directory, Map<String, String> settings) {
        return run(List.of(java(), "-cp", System.getProperty("java.class.path"), mainClass), directory, settings);
    }

    /** Starts the jar through another command, such as {@code prlimit}. */
    public static JarProcess startBy(
            List<String> launcher, Path directory, Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(java(), "-jar", JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return run(command, directory, settings);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static JarProcess run(List<String> command, Path directory, Map<String, String> settings) {
        try {
            Path output = Files.createTempFile(directory, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(Map.of("DATABASE_URL", "none"));
            builder.environment().putAll(settings);
            return new JarProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the log line with the port, and returns the port. */
    public int port() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> output().contains(" port="));
        String port = output().replaceFirst("(?s).*? port=(\\d+).*", "$1");
        return Integer.parseInt(port);
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        exitStatus();
    }

    /** Sets the process's file size limit, in the syntax of {@code prlimit}. */
    public void limitFileSize(String limit) {
        limit("fsize=" + limit);
    }

    /** Leaves the process so many file descriptors; it must have been started with no more than {@code most}. */
    public void limitFreeFiles(int free, int most) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            Set<Integer> open = files.map(
                            file -> Integer.valueOf(file.getFileName().toString()))
                    .collect(Collectors.toSet());
            int limit = IntStream.range(0, most)
                    .filter(number -> !open.contains(number))
                    .skip(free)
                    .findFirst()
                    .orElse(most);
            limit("nofile=" + limit + ":" + most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void limit(String resource) {
        try {
            int status = new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--" + resource)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("prlimit: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process; a busy machine may need many seconds to start it and to end it. */
    public int exitStatus() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
