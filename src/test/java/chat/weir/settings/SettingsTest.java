package chat.weir.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
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
        return SettingsReader.read(SettingsSource.of(List.of(arguments), environment, directory), "10.0.0.0/8"::equals);
    }

    @Test
    void hasADefaultForEverything() {
        Settings settings = read(Map.of());
        assertEquals(8080, settings.port());
        assertEquals(Duration.ofSeconds(5), settings.liveness().grace());
        assertEquals(Optional.empty(), settings.admission().maxConnections());
        assertEquals(List.of(), settings.admission().allowedOrigins());
        assertEquals(1 << 20, settings.limits().maxQueuedBytes());
        assertEquals(Duration.ZERO, settings.storage().history());
    }

    @Test
    void prefersArgumentsToTheEnvironmentToTheFile() throws IOException {
        Files.writeString(directory.resolve(".env"), "PORT=1\nHOST=10.0.0.1\nMESSAGE_RATE=3\n");
        Settings settings = read(Map.of("PORT", "2", "HOST", "10.0.0.2"), "3");
        assertEquals(3, settings.port());
        assertEquals("10.0.0.2", settings.host());
        assertEquals(3, settings.limits().messageRate());
    }

    @Test
    void namesAllMistakesAtOnce() throws IOException {
        Files.writeString(directory.resolve(".env"), "HEARTBEAT_INTERVALL=2s\n");
        InvalidSettingsException e = assertThrows(
                InvalidSettingsException.class,
                () -> read(Map.of("PORT", "http", "IDENTITY_GRACE", "5", "LOG_LEVEL", "loud")));
        assertEquals(
                List.of(
                        ".env line 1: HEARTBEAT_INTERVALL is not a setting of this server; see --help",
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
        "MAX_FRAME_BYTES, 4095",
        "MAX_TEXT_LENGTH, 0",
        "MAX_QUEUED_BYTES, 65535",
        "MESSAGE_RATE, -1",
        "DATABASE_URL, jdbc:mysql://localhost/weir",
        "DATABASE_URL, jdbc:sqlite:",
        "DATABASE_URL, jdbc:sqlite::memory:",
        "DATABASE_URL, jdbc:sqlite:file::memory:",
        "DATABASE_URL, 'jdbc:sqlite:file:chat?mode=memory&cache=shared'",
        "DATABASE_URL, 'jdbc:sqlite:weir.db?synchronous=OFF'",
        "DATABASE_URL, 'jdbc:sqlite:?synchronous=OFF'",
        "DATABASE_URL, 'jdbc:sqlite::resource:weir.db'",
        "ALLOWED_ORIGINS, https://",
        "ALLOWED_ORIGINS, 'https://a.example/'",
        "ALLOWED_ORIGINS, https://me@a.example",
        "REQUIRE_ACCOUNT, yes",
        "TOKEN_TTL, 59s",
        "HISTORY_DAYS, -1",
        "HISTORY_DAYS, 1.5",
        "HISTORY_DAYS, 30d",
        "HISTORY_DAYS, 36501",
    })
    void refusesInvalidValues(String key, String value) {
        InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> read(Map.of(key, value)));
        assertEquals(
                key + "=" + value + " is not allowed: "
                        + SettingKey.valueOf(key).allowed(),
                e.getMessage());
    }

    @Test
    void requiresANameAndAPasswordForTheAdmin() {
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> read(Map.of("ADMIN_USERNAME", "root")));
        assertEquals("ADMIN_USERNAME and ADMIN_PASSWORD must be set together: one of them is missing", e.getMessage());
    }

    @Test
    void doesNotShowInvalidSecrets() {
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> read(Map.of("API_KEYS", "too-short")));
        assertEquals("API_KEYS=... is not allowed: " + SettingKey.API_KEYS.allowed(), e.getMessage());
        assertFalse(read(Map.of(
                        "DATABASE_URL", "jdbc:postgresql://h/d", "DATABASE_USER", "bob", "DATABASE_PASSWORD", "hush"))
                .toString()
                .contains("hush"));
        assertFalse(read(Map.of("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", "hush hush"))
                .toString()
                .contains("hush"));
    }

    @ParameterizedTest
    @CsvSource({"20ms, PT0.02S", "60s, PT1M", "1m, PT1M"})
    void readsDurations(String text, String iso) {
        assertEquals(
                Duration.parse(iso),
                read(Map.of("HEARTBEAT_INTERVAL", text, "HEARTBEAT_TIMEOUT", "10m"))
                        .liveness()
                        .interval());
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TEXT_LENGTH=100000 MAX_FRAME_BYTES=65536, MAX_FRAME_BYTES must be at least 1202048",
        "MAX_FRAME_BYTES=32768, MAX_FRAME_BYTES must be at least 51200",
        "MAX_TEXT_LENGTH=1000000, MAX_QUEUED_BYTES must be at least 6002048",
        "MAX_TEXT_LENGTH=20000 MAX_QUEUED_BYTES=65536, MAX_QUEUED_BYTES must be at least 122048",
        "PRESENCE_LIST_LIMIT=10000, MAX_QUEUED_BYTES must be at least 1312048",
        "HEARTBEAT_INTERVAL=5s, so the timeout must be longer",
        "HEARTBEAT_TIMEOUT=999ms, so the timeout must be longer",
        "MAX_CONNECTIONS=10 MAX_CONNECTIONS_PER_ADDRESS=11, limit per address must not exceed the total",
        "DATABASE_USER=bob, apply to PostgreSQL only",
        "DATABASE_URL=none DATABASE_PASSWORD=secret, apply to PostgreSQL only",
        "DATABASE_URL=jdbc:postgresql://h/d DATABASE_PASSWORD=secret, requires DATABASE_USER",
        "DATABASE_URL=jdbc:postgresql://h/d?user=x DATABASE_USER=y, remove one",
        "ADMIN_USERNAME=root ADMIN_PASSWORD=short12, ADMIN_PASSWORD=... is not allowed: 8 to 200 characters",
    })
    void refusesSettingsThatContradictEachOther(String given, String why) {
        Map<String, String> environment = new HashMap<>();
        for (String setting : given.split(" ", -1)) {
            int equals = setting.indexOf('=');
            environment.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> read(environment));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
        assertFalse(e.getMessage().contains("secret"));
    }

    @Test
    void allowsFramesForTheLongestText() {
        assertEquals(65_536, read(Map.of()).limits().maxFrameBytes());
        assertEquals(
                1_202_048, read(Map.of("MAX_TEXT_LENGTH", "100000")).limits().maxFrameBytes());
    }

    @Test
    void refusesValuesThatTheLocaleCannotDecode() throws IOException {
        String unreadable = "\uFFFD".repeat(20);
        for (String key : List.of("ADMIN_PASSWORD", "DATABASE_URL", "HOST")) {
            InvalidSettingsException e =
                    assertThrows(InvalidSettingsException.class, () -> read(Map.of(key, unreadable)));
            assertTrue(
                    e.getMessage().contains(key + " contains a character that could not be decoded"), e.getMessage());
        }
        assertThrows(InvalidSettingsException.class, () -> read(Map.of(), unreadable));
        Files.writeString(directory.resolve(".env"), "HOST=a" + unreadable + "\n");
        assertThrows(InvalidSettingsException.class, () -> read(Map.of()));
    }

    @Test
    void keepsSpacesInASecret() {
        Settings settings = read(Map.of("ADMIN_USERNAME", " root ", "ADMIN_PASSWORD", " correct horse "));
        assertEquals("root", settings.accounts().adminUsername());
        assertEquals(" correct horse ", settings.accounts().adminPassword());
    }

    @Test
    void treatsAnEmptyValueAsTheDefault() {
        assertEquals(8080, read(Map.of("PORT", "  ")).port());
    }

    @Test
    void acceptsOneArgumentOnly() {
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
                Arrays.stream(SettingKey.values())
                        .map(key -> key + "=" + key.defaultValue())
                        .toList(),
                lines);
    }
}
