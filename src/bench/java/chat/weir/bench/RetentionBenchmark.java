package chat.weir.bench;

import chat.weir.bench.retention.OldMessages;
import chat.weir.bench.retention.PacedSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code make bench-retention}: the latency of messages while a million old ones are removed from SQLite, and without
 * that. The runs alternate, each with a server process of its own and a copy of the same database.
 *
 * <p>Threading: confined to the thread that calls {@link #main}.
 */
final class RetentionBenchmark {
    private static final Path LOG = Path.of("target", "bench", "log", "retention.log");
    private static final Path TEMPLATE = Path.of("target", "bench", "db", "old.db");
    private static final Path FILE = Path.of("target", "bench", "db", "retention.db");
    private static final int MESSAGES = 1_000_000;
    private static final int PER_SECOND = 200;

    /** The removal begins ten seconds after the start. */
    private static final Duration WARM_UP = Duration.ofSeconds(9);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private RetentionBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Settings settings = Settings.of(System.getenv());
        Files.createDirectories(TEMPLATE.getParent());
        delete(TEMPLATE);
        createTemplate(settings);
        new OldMessages(TEMPLATE).insert(MESSAGES);
        System.out.println("| run | old messages | s | messages sent | p50, ms | p99, ms | p99.9, ms | max, ms |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (int run = 1; run <= settings.runs(); run++) {
            Duration took = measure(settings, run, "1", LIMIT);
            Duration unused = measure(settings, run, "0", took);
        }
        delete(TEMPLATE);
        delete(FILE);
    }

    private static void delete(Path database) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm", ".lock")) {
            Files.deleteIfExists(Path.of(database + suffix));
        }
    }

    /** Has a server create the tables. It is ready when it accepts a client. */
    private static void createTemplate(Settings settings) throws IOException, InterruptedException {
        int port = freePort();
        try (Child server = start(settings, TEMPLATE, "0", port)) {
            new PacedSender(port).stop();
            if (!server.isAlive()) {
                throw new RunFailure("the server ended, see " + LOG);
            }
        }
    }

    private static Duration measure(Settings settings, int run, String days, Duration limit)
            throws IOException, InterruptedException, SQLException {
        delete(FILE);
        Files.copy(TEMPLATE, FILE);
        int port = freePort();
        try (Child server = start(settings, FILE, days, port)) {
            PacedSender sender = new PacedSender(port);
            Thread sending = new Thread(() -> sender.send(PER_SECOND));
            sending.start();
            TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
            long begin = System.nanoTime();
            boolean isRemoved = awaitRemoval(server, limit);
            long end = System.nanoTime();
            sender.stop();
            sending.join();
            TimeUnit.SECONDS.sleep(1);
            print(run, isRemoved ? "removed" : "kept", end - begin, sender.millis(begin, end));
            return Duration.ofNanos(end - begin);
        }
    }

    private static boolean awaitRemoval(Child server, Duration limit) throws InterruptedException, SQLException {
        long begin = System.nanoTime();
        OldMessages messages = new OldMessages(FILE);
        boolean exist = true;
        while (exist && System.nanoTime() - begin < limit.toNanos()) {
            if (server.await(POLL)) {
                throw new RunFailure("the server ended, see " + LOG);
            }
            exist = messages.exist();
        }
        return !exist;
    }

    private static void print(int run, String what, long nanos, double[] millis) {
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
                run,
                what,
                TimeUnit.NANOSECONDS.toSeconds(nanos),
                millis.length,
                quantile(millis, 0.5),
                quantile(millis, 0.99),
                quantile(millis, 0.999),
                quantile(millis, 1));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    /** Starts a server, and waits until it accepts connections. */
    private static Child start(Settings settings, Path database, String days, int port)
            throws IOException, InterruptedException {
        Child server = Child.start(command(settings, port), environment(database, days), LOG);
        while (!accepts(port)) {
            if (server.await(Duration.ofMillis(50))) {
                throw new RunFailure("the server ended at once, see " + LOG);
            }
        }
        return server;
    }

    private static List<String> command(Settings settings, int port) {
        List<String> command = new ArrayList<>(List.of(settings.java().toString()));
        command.addAll(settings.serverOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "chat.weir.Main"));
        command.add(Integer.toString(port));
        return command;
    }

    private static Map<String, String> environment(Path database, String days) {
        return Map.of(
                "HOST", "127.0.0.1",
                "MESSAGE_RATE", "0",
                "IDENTITY_GRACE", "0s",
                "LOG_LEVEL", "warn",
                "DATABASE_URL", "jdbc:sqlite:" + database,
                "HISTORY_DAYS", days);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
