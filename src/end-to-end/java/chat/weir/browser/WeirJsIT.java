package chat.weir.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.JarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module that speaks the protocol, in Node, which takes its WebSocket from the library {@code ws}. */
class WeirJsIT {
    private static final Path JAR = Path.of(System.getProperty("weir.jar", "target/weir.jar"));
    private static final Path MODULES = Path.of("target/end-to-end");
    private static final Path TESTS = Path.of("src/end-to-end/js");
    private static final Pattern EXAMPLE = Pattern.compile("```js\n(.*?)```\n.*?```\n(.*?)```\n", Pattern.DOTALL);
    private static final int MOST_LINES = 10;
    private static final int MINUTES = 5;

    @TempDir
    private Path directory;

    @BeforeAll
    static void installWs() throws IOException, InterruptedException {
        Files.createDirectories(MODULES);
        String unused = run(
                MODULES,
                Map.of(),
                List.of("npm", "install", "--prefix", ".", "--no-save", "--no-audit", "--no-fund", "ws@8.23.0"));
    }

    static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void doesWhatItsOwnTestsAsk(String file) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "WEIR_JAR", JAR.toAbsolutePath().toString(),
                "WEIR_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "WEIR_MODULES", MODULES.toAbsolutePath().toString());
        String path = TESTS.resolve(file).toAbsolutePath().toString();
        String output = run(MODULES, environment, List.of("node", "--test", path));
        assertTrue(
                Pattern.compile("^\\S+ pass [1-9]", Pattern.MULTILINE)
                        .matcher(output)
                        .find(),
                output);
    }

    @Test
    void isUsedAsDocumented() throws IOException, InterruptedException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("src/site/markdown/javascript.md")));
        assertTrue(example.find());
        String program = example.group(1);
        assertTrue(program.lines().count() <= MOST_LINES, program);
        Path here = Files.createTempDirectory(MODULES, "documented");
        try (JarProcess jar =
                JarProcess.start(directory, Map.of("HOST", "127.0.0.1", "PORT", "0", "IDENTITY_GRACE", "0s"))) {
            Files.writeString(here.resolve("weir.mjs"), served(jar, "/weir.js"));
            Files.writeString(here.resolve("heron.mjs"), program.replace("localhost:8080", "127.0.0.1:" + jar.port()));
            assertEquals(example.group(2), run(here, Map.of(), List.of("node", "heron.mjs")));
        }
    }

    private static String served(JarProcess jar, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + jar.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** What a command printed. */
    private static String run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("weir-js", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String printed = Files.readString(output);
            assertTrue(ended, () -> "it does not end: " + printed);
            assertEquals(0, process.exitValue(), printed);
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
