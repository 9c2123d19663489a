package chat.weir.bench;

import chat.weir.bench.load.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server under load. Each run starts a new one on a free port, and waits until it accepts connections.
 *
 * <p>Threading: confined to the benchmark's thread.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Child child;
    private final int port;

    private ServerProcess(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    static ServerProcess start(Scenario scenario, Contender contender, Settings settings, Pinning pinning, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(pinning.server());
        command.addAll(contender.command(scenario, settings, port));
        ServerProcess server = new ServerProcess(Child.start(command, contender.environment(), log), port);
        try {
            server.awaitReady(log);
            return server;
        } catch (IOException | InterruptedException | RunFailure e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts()) {
            if (child.await(POLL)) {
                throw new RunFailure("the server ended at once, see " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new RunFailure("the server accepts nothing after " + START_LIMIT.toSeconds() + " s, see " + log);
            }
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
