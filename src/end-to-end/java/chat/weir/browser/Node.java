package chat.weir.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs in Node, and the packages of npm that the tests need. */
final class Node {
    /** The directory with {@code node_modules}. */
    static final Path DIRECTORY = Path.of("target/end-to-end");

    private static final List<String> PACKAGES = List.of("ws@8.23.0", "typescript@7.0.2");
    private static final int TIMEOUT_MINUTES = 5;

    private Node() {}

    static void installPackages() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        List<String> command =
                new ArrayList<>(List.of("npm", "install", "--prefix", ".", "--no-save", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        String unused = run(DIRECTORY, Map.of(), command);
    }

    /** Runs a command that has to succeed, and returns its output. */
    static String run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
            String printed = Files.readString(output);
            assertTrue(ended, () -> "does not end: " + printed);
            assertEquals(0, process.exitValue(), printed);
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
