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
import java.util.ArrayList;
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

/** The JavaScript client and the page's modules in Node, which takes its WebSocket from the library {@code ws}. */
class WeirJsIT {
    private static final Path JAR = Path.of(System.getProperty("weir.jar", "target/weir.jar"));
    private static final Path TESTS = Path.of("src/end-to-end/js");
    private static final Pattern EXAMPLE = Pattern.compile("```js\n(.*?)```\n.*?```\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern PASSED = Pattern.compile("^\\S+ pass [1-9]", Pattern.MULTILINE);
    private static final int MOST_LINES = 10;
    private static final int MINUTES = 5;

    @TempDir
    private Path directory;

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        Node.installPackages();
    }

    static List<Path> testsWithAServer() throws IOException {
        return testsIn(TESTS);
    }

    private static List<Path> testsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("testsWithAServer")
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void passesItsTestsAgainstTheServer(Path file) throws IOException, InterruptedException {
        runTests(List.of(file));
    }

    @Test
    @Timeout(value = MINUTES, unit = TimeUnit.MINUTES)
    void passesItsUnitTests() throws IOException, InterruptedException {
        runTests(testsIn(TESTS.resolve("unit")));
    }

    private static void runTests(List<Path> tests) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "WEIR_JAR", JAR.toAbsolutePath().toString(),
                "WEIR_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "WEIR_MODULES", Node.DIRECTORY.toAbsolutePath().toString());
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        tests.forEach(test -> command.add(test.toAbsolutePath().toString()));
        String output = Node.run(Node.DIRECTORY, environment, command);
        assertTrue(PASSED.matcher(output).find(), output);
    }

    @Test
    void matchesItsDocumentation() throws IOException, InterruptedException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("src/site/markdown/javascript.md")));
        assertTrue(example.find());
        String program = example.group(1);
        assertTrue(program.lines().count() <= MOST_LINES, program);
        Path here = Files.createTempDirectory(Node.DIRECTORY, "documented");
        try (JarProcess jar =
                JarProcess.start(directory, Map.of("HOST", "127.0.0.1", "PORT", "0", "IDENTITY_GRACE", "0s"))) {
            Files.writeString(here.resolve("weir.mjs"), served(jar, "/weir.js"));
            Files.writeString(here.resolve("heron.mjs"), program.replace("localhost:8080", "127.0.0.1:" + jar.port()));
            assertEquals(example.group(2), Node.run(here, Map.of(), List.of("node", "heron.mjs")));
        }
    }

    private static String served(JarProcess jar, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + jar.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
