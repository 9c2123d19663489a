package chat.weir.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The types of the JavaScript, checked by TypeScript. */
class JavaScriptTypesIT {
    private static final Path COMPILER = Path.of("node_modules", ".bin", "tsc");
    private static final Path PROJECT = Path.of("src/end-to-end/js/tsconfig.json");
    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/js"), Path.of("src/main/resources/chat/weir/http/client/web"));

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        Node.installPackages();
    }

    @Test
    void haveNoErrors() throws IOException, InterruptedException {
        List<String> command = List.of(
                COMPILER.toString(), "--project", PROJECT.toAbsolutePath().toString(), "--pretty", "false");
        assertEquals("", Node.run(Node.DIRECTORY, Map.of(), command));
    }

    /** Editors check a file by its first line; {@code tsconfig.json} is not where they look for it. */
    @Test
    void areCheckedByEditors() throws IOException {
        for (Path directory : SOURCES) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> unchecked = files.filter(file -> file.toString().endsWith(".js"))
                        .filter(file -> !firstLine(file).equals("// @ts-check"))
                        .toList();
                assertEquals(List.of(), unchecked);
            }
        }
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
