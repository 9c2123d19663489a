package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.HttpServer;
import chat.weir.settings.SettingKey;
import chat.weir.testing.JarProcess;
import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.websocket.ChatServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as an operator runs it. */
class JarIT {
    private static final Map<String, String> ON_LOOPBACK = Map.of("HOST", "127.0.0.1", "PORT", "0");

    @TempDir
    private Path directory;

    /** An independent client: the JDK's, which answers pings automatically. */
    private static final class JdkClient implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private volatile int closeCode;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeCode = code;
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }
    }

    @Test
    void servesAnIndependentClient() {
        try (JarProcess weir = JarProcess.start(
                directory,
                Map.of("HOST", "127.0.0.1", "PORT", "0", "IDENTITY_GRACE", "0s", "HEARTBEAT_INTERVAL", "20ms"))) {
            JdkClient client = new JdkClient();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + weir.port() + "/fishing?heartbeat=pong"), client)
                    .join();
            socket.sendText("{\"type\":\"identity\",\"user\":\"alice\"}", true).join();
            await().until(() -> client.texts.contains("{\"type\":\"heartbeat\",\"authenticated\":\"true\"}"));
            socket.sendText("{\"type\":\"message\",\"text\":\"hello\"}", true).join();
            await().until(() -> client.texts.stream()
                    .anyMatch(text -> text.startsWith("{\"type\":\"message\",\"text\":\"hello\",\"timestamp\":")));
            assertFalse(weir.output().contains("hello"), "a message's text is nothing for the log");
            weir.terminate();
            await().until(() -> client.closeCode == 1001);
        }
    }

    @Test
    void closesEveryClientWith1001AndEndsWithinFiveSeconds() {
        try (JarProcess weir = JarProcess.start(directory, ON_LOOPBACK)) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(TestClient.open(weir.port(), "/channel" + i % 3));
            }
            clients.forEach(client -> client.expect("connection"));
            Instant told = Instant.now();
            weir.terminate();
            clients.forEach(client -> client.expectClose(1001));
            assertEquals(143, weir.exitStatus());
            assertTrue(Duration.between(told, Instant.now()).toSeconds() < 5);
            assertTrue(weir.output().contains("stopped"), weir.output());
        }
    }

    @Test
    void explainsAPortInUseInOneLine() {
        try (JarProcess first = JarProcess.start(directory, ON_LOOPBACK);
                JarProcess second =
                        JarProcess.start(directory, Map.of("HOST", "127.0.0.1"), String.valueOf(first.port()))) {
            assertEquals(1, second.exitStatus());
            assertEquals(
                    "cannot listen on 127.0.0.1 port " + first.port()
                            + ": Address already in use: stop the other program, or set PORT to" + " another port\n",
                    second.output());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HOST=nosuch.invalid, cannot listen on nosuch.invalid port 0: unknown host: set HOST",
        "HOST=192.0.2.1, cannot listen on 192.0.2.1 port 0: Cannot assign requested address: set HOST",
        "DATABASE_URL=jdbc:sqlite:., cannot use the database jdbc:sqlite:.: ",
        "DATABASE_URL=jdbc:sqlite:text.txt, ': the file is not a SQLite database, or it is damaged: choose another file'",
        "DATABASE_URL=jdbc:sqlite:text.txt/weir.db, cannot be created: ",
        "DATABASE_URL=jdbc:sqlite:/proc/weir/weir.db, cannot be created: ",
        "DATABASE_URL=jdbc:postgresql://127.0.0.1:1/weir, ': connection refused: start PostgreSQL, or check host'",
        "DATABASE_URL=jdbc:postgresql://nosuch.invalid/weir, ': unknown host: check DATABASE_URL'",
    })
    void explainsAFailedStartInOneLine(String settings, String why) throws IOException {
        Files.writeString(directory.resolve("text.txt"), "this is not a database, but a text ".repeat(100));
        Map<String, String> environment = new HashMap<>(ON_LOOPBACK);
        for (String setting : settings.split(" ", -1)) {
            int equals = setting.indexOf('=');
            environment.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        try (JarProcess weir = JarProcess.start(directory, environment)) {
            assertEquals(1, weir.exitStatus());
            assertEquals(1, weir.output().lines().count(), weir.output());
            assertTrue(weir.output().contains(why), weir.output());
        }
    }

    @Test
    void explainsThatItCannotUnpackTheSqliteLibraryInOneLine() {
        List<String> fullDisk = List.of("prlimit", "--fsize=30000");
        try (JarProcess weir = JarProcess.startBy(fullDisk, directory, ON_LOOPBACK)) {
            assertEquals(1, weir.exitStatus());
            assertEquals(1, weir.output().lines().count(), weir.output());
            assertTrue(weir.output().contains("SQLite's native library cannot be loaded: "), weir.output());
        }
    }

    @Test
    void refusesAPasswordThatTheLocaleCannotDecode() {
        List<String> inCyrillic = List.of(
                "sh",
                "-c",
                "export ADMIN_PASSWORD=\"$(printf '\\320\\264%.0s' 1 2 3 4 5 6 7 8 9 10)\"; exec \"$@\"",
                "sh");
        Map<String, String> environment = new HashMap<>(ON_LOOPBACK);
        environment.putAll(Map.of("LC_ALL", "C", "ADMIN_USERNAME", "root"));
        try (JarProcess weir = JarProcess.startBy(inCyrillic, directory, environment)) {
            assertEquals(2, weir.exitStatus());
            assertEquals(1, weir.output().lines().count(), weir.output());
            assertTrue(weir.output().startsWith("ADMIN_PASSWORD contains a character"), weir.output());
        }
    }

    @Test
    void explainsThatTheLocaleCannotEncodeTheFileNameInOneLine() throws IOException {
        Files.writeString(
                directory.resolve(".env"), "DATABASE_URL=jdbc:sqlite:\u0434\u0430\u043d\u043d\u044b\u0435.db\n");
        Map<String, String> environment = new HashMap<>(ON_LOOPBACK);
        environment.putAll(Map.of("LC_ALL", "C", "DATABASE_URL", ""));
        try (JarProcess weir = JarProcess.start(directory, environment)) {
            assertEquals(1, weir.exitStatus());
            assertEquals(1, weir.output().lines().count(), weir.output());
            assertTrue(weir.output().contains("start in a UTF-8 locale such as LC_ALL=C.UTF-8"), weir.output());
        }
    }

    @Test
    void doesNotShareADatabaseFileWithAnotherServer() {
        Map<String, String> environment = new HashMap<>(ON_LOOPBACK);
        environment.put("DATABASE_URL", "jdbc:sqlite:weir.db");
        try (JarProcess first = JarProcess.start(directory, environment)) {
            int unused = first.port();
            environment.put("DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
            try (JarProcess second = JarProcess.start(directory, environment)) {
                assertEquals(1, second.exitStatus());
                assertEquals(1, second.output().lines().count(), second.output());
                assertTrue(second.output().contains("another server is using the database"), second.output());
            }
            first.kill();
            try (JarProcess third = JarProcess.start(directory, environment)) {
                assertTrue(third.port() > 0);
            }
        }
    }

    @Test
    void canRestartImmediately() {
        int port;
        try (JarProcess first = JarProcess.start(directory, ON_LOOPBACK)) {
            port = first.port();
            TestClient client = TestClient.open(port, "/fishing");
            first.terminate();
            client.expectClose(1001);
            first.exitStatus();
        }
        try (JarProcess second = JarProcess.start(directory, Map.of("HOST", "127.0.0.1"), String.valueOf(port))) {
            assertEquals(port, second.port());
        }
    }

    @Test
    void readsTheFileInItsWorkingDirectory() throws IOException {
        Files.writeString(directory.resolve(".env"), "HOST=127.0.0.1\nPORT=0\n");
        try (JarProcess weir = JarProcess.start(directory, Map.of())) {
            assertNotEquals(8080, weir.port());
            assertTrue(weir.output().contains("host=127.0.0.1 "), weir.output());
        }
        Files.writeString(directory.resolve(".env"), "PRT=0\n");
        try (JarProcess weir = JarProcess.start(directory, Map.of())) {
            assertEquals(2, weir.exitStatus());
            assertEquals(".env line 1: PRT is not a setting of this server; see --help\n", weir.output());
        }
    }

    @Test
    void listsWrongSettingsWithoutAStackTrace() {
        try (JarProcess weir = JarProcess.start(directory, Map.of("PORT", "x", "MESSAGE_RATE", "fast"))) {
            assertEquals(2, weir.exitStatus());
            assertEquals(
                    List.of(
                            "PORT=x is not allowed: 0 to 65535; 0: any free port",
                            "MESSAGE_RATE=fast is not allowed: 0 to 100000"),
                    weir.output().lines().toList());
        }
    }

    @Test
    void helpNamesEverySetting() {
        try (JarProcess weir = JarProcess.start(directory, Map.of(), "--help")) {
            assertEquals(0, weir.exitStatus());
            for (SettingKey key : SettingKey.values()) {
                assertTrue(weir.output().contains("  " + key + "=" + key.defaultValue() + "\n"), key::name);
            }
        }
    }

    @Test
    void printsItsVersion() {
        try (JarProcess weir = JarProcess.start(directory, Map.of(), "--version")) {
            assertEquals(0, weir.exitStatus());
            assertTrue(weir.output().matches("weir \\d+\\.\\d+\\.\\d+\\S*\n"), weir.output());
        }
    }

    @Test
    void acceptsClientsDespiteManySilentConnections() {
        List<String> fewFiles = List.of("sh", "-c", "ulimit -n 1024 && exec \"$@\"", "sh");
        try (JarProcess weir = JarProcess.startBy(fewFiles, directory, ON_LOOPBACK)) {
            int port = weir.port();
            List<RawSocket> silent = new ArrayList<>();
            for (int i = 0; i < 900; i++) {
                silent.add(RawSocket.connect(port));
            }
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clients.add(TestClient.open(port, "/fishing"));
            }
            clients.forEach(client -> client.expect("connection"));
            assertTrue(weir.isAlive());
            silent.forEach(RawSocket::close);
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void limitsClientsByItsFileDescriptorLimit() {
        List<String> fewFiles = List.of("sh", "-c", "ulimit -n 300 && exec \"$@\"", "sh");
        try (JarProcess weir = JarProcess.startBy(
                fewFiles, directory, Map.of("HOST", "127.0.0.1", "PORT", "0", "MAX_CONNECTIONS", "1000"))) {
            int port = weir.port();
            assertTrue(
                    weir.output().contains("MAX_CONNECTIONS=1000 is more than the limit of 300 open files"),
                    weir.output());
            List<RawSocket> crowd = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                crowd.add(RawSocket.connect(port));
            }
            assertTrue(crowd.get(0).isClosedByServer());
            assertTrue(weir.isAlive());
            crowd.forEach(RawSocket::close);
            await().ignoreExceptions().until(() -> {
                try (TestClient client = TestClient.open(port, "/fishing")) {
                    client.expect("connection");
                }
                return true;
            });
        }
    }

    @Test
    void survivesMoreClientsThanFileDescriptors() {
        List<String> fewFiles = List.of("sh", "-c", "ulimit -n 160 && exec \"$@\"", "sh");
        try (JarProcess weir = JarProcess.startBy(fewFiles, directory, ON_LOOPBACK)) {
            int port = weir.port();
            List<RawSocket> crowd = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                crowd.add(RawSocket.connect(port));
            }
            assertTrue(crowd.get(0).isClosedByServer());
            crowd.forEach(RawSocket::close);
            await().until(() -> {
                try (RawSocket socket = RawSocket.connect(port)) {
                    socket.sendHandshake("/fishing", Map.of());
                    return socket.readHeader().startsWith("HTTP/1.1 101 ")
                            && socket.readFrame().text().contains("connection");
                } catch (UncheckedIOException e) {
                    return false;
                }
            });
            assertTrue(weir.isAlive());
        }
    }

    @Test
    void continuesToAcceptAfterRunningOutOfFileDescriptors() {
        int limit = 300;
        List<String> fewFiles = List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh");
        try (JarProcess weir = JarProcess.startBy(fewFiles, directory, ON_LOOPBACK)) {
            int port = weir.port();
            try (TestClient early = TestClient.open(port, "/fishing")) {
                early.expect("connection");
                weir.limitFreeFiles(3, limit);
                List<RawSocket> crowd = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    crowd.add(RawSocket.connect(port));
                }
                assertTrue(crowd.get(11).isClosedByServer(), "none is left for it");
                crowd.forEach(RawSocket::close);
                weir.limitFreeFiles(limit, limit);
                try (TestClient late = TestClient.open(port, "/fishing")) {
                    late.expect("connection");
                }
            }
            assertTrue(weir.isAlive());
        }
    }

    @Test
    void startsWithAClassDataArchive() {
        Path archive = directory.resolve("weir.jsa");
        List<String> options = List.of("env", "JDK_JAVA_OPTIONS=-XX:ArchiveClassesAtExit=" + archive);
        try (JarProcess training = JarProcess.startBy(options, directory, Map.of(), "--training-run")) {
            assertEquals(0, training.exitStatus(), training::output);
            for (String answer : List.of("GET /: HTTP/1.1 200", "POST /api/sessions: HTTP/1.1 201")) {
                assertTrue(training.output().contains(answer), training.output());
            }
        }
        options = List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load -XX:SharedArchiveFile=" + archive);
        try (JarProcess weir = JarProcess.startBy(options, directory, ON_LOOPBACK)) {
            assertTrue(weir.port() > 0);
            for (Class<?> type : List.of(WeirServer.class, ChatServer.class, HttpServer.class)) {
                assertTrue(
                        weir.output().contains(type.getName() + " source: shared objects file (top)\n"),
                        type.getName());
            }
        }
    }
}
