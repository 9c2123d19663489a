package chat.weir.proxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A wscat process with input from the test. npx may have to download it first.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Wscat implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private Wscat(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Wscat connect(String url, Certificate certificate, Path directory) {
        try {
            Path output = Files.createTempFile(directory, "wscat", ".txt");
            Process process = new ProcessBuilder(
                            "npx",
                            "--yes",
                            "wscat@6.1.0",
                            "-c",
                            url,
                            "--ca",
                            certificate.file().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Wscat(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it shows a text. */
    void awaitShown(String text) {
        await().atMost(PATIENCE).until(() -> {
            String shown = Files.readString(output);
            if (!process.isAlive() && !shown.contains(text)) {
                throw new AssertionError("it has ended: " + shown);
            }
            return shown.contains(text);
        });
    }

    /** Writes a line, with ' for ". */
    void write(String line) {
        try {
            process.getOutputStream().write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
