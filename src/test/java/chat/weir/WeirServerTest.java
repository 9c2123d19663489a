package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.net.CidrRange;
import chat.weir.settings.Settings;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import chat.weir.testing.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start and stop of a complete server. */
class WeirServerTest {
    @TempDir
    private Path directory;

    private WeirServer weir(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT", "0",
                "HOST", "127.0.0.1",
                "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db")));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        Settings settings = SettingsReader.read(
                SettingsSource.of(List.of(), environment, directory),
                text -> CidrRange.parse(text).isPresent());
        return new WeirServer(settings, new FakeTime().clocks(), 2, exitCode -> {});
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("weir"))
                .collect(Collectors.toSet());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void releasesEverythingWhenItCannotStart() throws Exception {
        Set<String> before = threads();
        String port = String.valueOf(freePort());
        assertThrows(
                StartupException.class,
                () -> weir("PORT", port, "ADMIN_USERNAME", "not a name", "ADMIN_PASSWORD", "correct horse"));
        await().until(() -> before.containsAll(threads()));
        WeirServer second = weir("PORT", port);
        second.start();
        second.stop();
    }

    @Test
    void refusesADatabaseThatAnotherServerInThisProcessUses() throws Exception {
        WeirServer first = weir();
        first.start();
        StartupException e = assertThrows(StartupException.class, this::weir);
        assertTrue(e.getMessage().contains("another server is using the database"), e.getMessage());
        first.stop();
        WeirServer again = weir();
        again.start();
        again.stop();
    }

    @Test
    void stopsInTimeEvenIfTheDatabaseHangs() throws Exception {
        WeirServer weirServer = weir();
        weirServer.start();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("weir.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 3; i++) {
                Thread registering = new Thread(() -> register(weirServer.port()));
                registering.setDaemon(true);
                registering.start();
            }
            await().until(() -> threads().stream().anyMatch(name -> name.startsWith("weir-passwords")));
            long begin = System.nanoTime();
            weirServer.stop();
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(5).toNanos());
            statement.execute("ROLLBACK");
        }
    }

    private static void register(int port) {
        try {
            java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create("http://127.0.0.1:" + port + "/api/accounts"))
                                    .header("Content-Type", "application/json")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                            "{\"username\":\"bob\",\"password\":\"correct horse\"}"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // The server shuts down meanwhile.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
