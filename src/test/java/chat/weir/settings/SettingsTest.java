package chat.weir.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path directory;

    private Settings read(Map<String, String> environment, String... arguments) {
        return Settings.read(SettingsSource.of(List.of(arguments), environment, directory), "10.0.0.0/8"::equals);
    }

    @Test
    void hasADefaultForEverything() {
        Settings settings = read(Map.of());
        assertEquals(8080, settings.port());
        assertEquals(Duration.ofSeconds(5), settings.liveness().grace());
        assertEquals(Optional.empty(), settings.admission().maxConnections());
        assertEquals(List.of(), settings.admission().allowedOrigins());
        assertEquals(1 << 20, settings.limits().maxQueuedBytes());
    }

    @Test
    void takesArgumentsBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=10.0.0.1\nMESSAGE_RATE=3\n");
        Settings settings = read(Map.of("PORT", "2", "HOST", "10.0.0.2"), "3");
        assertEquals(3, settings.port());
        assertEquals("10.0.0.2", settings.host());
        assertEquals(3, settings.limits().messageRate());
    }

    @Test
    void namesEveryMistakeAtOnce() throws IOException {
        Files.writeString(directory.resolve(".env"), "HEARTBEAT_INTERVALL=2s\n");
        InvalidSettingsException e = assertThrows(
                InvalidSettingsException.class,
                () -> read(Map.of("PORT", "http", "IDENTITY_GRACE", "5", "LOG_LEVEL", "loud")));
        assertEquals(
                List.of(
                        ".env: HEARTBEAT_INTERVALL is no setting of this server; see --help",
                        "PORT=http is not allowed: 0 to 65535; 0: any free port",
                        "IDENTITY_GRACE=5 is not allowed: 0s to 10m",
                        "LOG_LEVEL=loud is not allowed: error, warn, info or debug"),
                e.getMessage().lines().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, -1",
        "PORT, 65536",
        "PORT, 99999999999999",
        "BASE_PATH, chat",
        "BASE_PATH, /a b",
        "BASE_PATH, //a",
        "HEARTBEAT_INTERVAL, 19ms",
        "HEARTBEAT_INTERVAL, 61s",
        "HEARTBEAT_INTERVAL, 1 s",
        "HEARTBEAT_INTERVAL, -1s",
        "HEARTBEAT_TIMEOUT, 1x",
        "HANDSHAKE_TIMEOUT, 0s",
        "ALLOWED_ORIGINS, example.org",
        "ALLOWED_ORIGINS, 'https://a.example, b'",
        "ALLOWED_ORIGINS, https://a.example/path",
        "TRUSTED_PROXIES, localhost",
        "MAX_CONNECTIONS, 0",
        "MAX_CONNECTIONS_PER_ADDRESS, -1",
        "MAX_FRAME_BYTES, 1023",
        "MAX_TEXT_LENGTH, 0",
        "MAX_QUEUED_BYTES, 65535",
        "MESSAGE_RATE, -1",
        "HTTP_PORT, 65536",
        "DATABASE_URL, jdbc:mysql://localhost/weir",
        "DATABASE_URL, jdbc:sqlite:",
        "REQUIRE_ACCOUNT, yes",
        "TOKEN_TTL, 59s",
    })
    void refusesWhatIsNotAllowed(String key, String value) {
        InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> read(Map.of(key, value)));
        assertEquals(key + "=" + value + " is not allowed: " + Key.valueOf(key).allowed(), e.getMessage());
    }

    @Test
    void wantsANameAndAPasswordForTheAdmin() {
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> read(Map.of("ADMIN_USERNAME", "root")));
        assertEquals("ADMIN_USERNAME and ADMIN_PASSWORD go together: one of them is missing", e.getMessage());
    }

    @Test
    void showsNoSecretWhereItIsWrong() {
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> read(Map.of("API_KEYS", "too-short")));
        assertEquals("API_KEYS=... is not allowed: " + Key.API_KEYS.allowed(), e.getMessage());
        assertFalse(read(Map.of("DATABASE_PASSWORD", "hush")).toString().contains("hush"));
        assertFalse(read(Map.of("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", "hush"))
                .toString()
                .contains("hush"));
    }

    @ParameterizedTest
    @CsvSource({"20ms, PT0.02S", "60s, PT1M", "1m, PT1M"})
    void readsDurations(String text, String iso) {
        assertEquals(
                Duration.parse(iso),
                read(Map.of("HEARTBEAT_INTERVAL", text)).liveness().interval());
    }

    @Test
    void takesAnEmptyValueForTheDefault() {
        assertEquals(8080, read(Map.of("PORT", "  ")).port());
    }

    @Test
    void takesOneArgumentOnly() {
        assertThrows(InvalidSettingsException.class, () -> read(Map.of(), "1", "2"));
    }

    @Test
    void readsLists() {
        Settings settings =
                read(Map.of("ALLOWED_ORIGINS", " https://a.example ,http://b:1,", "TRUSTED_PROXIES", "10.0.0.0/8"));
        assertEquals(
                List.of("https://a.example", "http://b:1"), settings.admission().allowedOrigins());
        assertEquals(List.of("10.0.0.0/8"), settings.admission().trustedProxies());
    }

    @Test
    void theExampleFileHasEverySettingWithItsDefault() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(".env.example")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        assertEquals(
                Arrays.stream(Key.values())
                        .map(key -> key + "=" + key.defaultValue())
                        .toList(),
                lines);
    }
}
