package chat.weir.proxy;

import static org.awaitility.Awaitility.await;

import chat.weir.testing.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A proxy in its own process, which can be restarted with the same configuration.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ProxyProcess implements AutoCloseable {
    private final ProcessBuilder command;
    private final Path output;
    private final int port;
    private Process process;

    private ProxyProcess(ProcessBuilder command, Path output, int port) throws IOException {
        this.command = command;
        this.output = output;
        this.port = port;
        this.process = command.start();
    }

    /** Starts it, and waits until it listens. */
    static ProxyProcess start(ProxySetup setup, Map<String, String> environment, List<String> command) {
        Path output = setup.directory().resolve("proxy.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(setup.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            ProxyProcess proxy = new ProxyProcess(builder, output, setup.tlsPort());
            proxy.awaitListening();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        await().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(output());
            }
            try {
                RawSocket.connect(port).close();
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reloads the configuration, as {@code kill -HUP} does. */
    void reload() {
        try {
            int status = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after {@link #close}. */
    void restart() {
        try {
            process = command.start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM, so that it can end its child processes, and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
