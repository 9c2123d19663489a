package chat.weir.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the settings from their texts, and reports all that are invalid or contradict each other. */
public final class SettingsReader {
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MILLION = 1_000_000;
    private static final int MAX_DAYS = 36_500;
    private static final int MIN_DEFAULT_FRAME = 64 << 10;

    private SettingsReader() {}

    /**
     * Parses and validates the settings.
     *
     * @param isAddressRange whether a text is an IP address or a network
     * @throws InvalidSettingsException with a line for every invalid setting
     */
    public static Settings read(SettingsSource source, Predicate<String> isAddressRange) {
        SettingParser parser = new SettingParser(source.values());
        source.problems().forEach(parser::problem);
        Settings settings = new Settings(
                parser.text(SettingKey.HOST),
                parser.integer(SettingKey.PORT, 0, 65_535),
                parser.parse(SettingKey.BASE_PATH, "", SettingsReader::basePath),
                liveness(parser),
                admission(parser, isAddressRange),
                limits(parser),
                new Settings.Storage(
                        parser.parse(SettingKey.DATABASE_URL, "none", SettingsReader::databaseUrl),
                        parser.text(SettingKey.DATABASE_USER),
                        parser.text(SettingKey.DATABASE_PASSWORD),
                        Duration.ofDays(parser.integer(SettingKey.HISTORY_DAYS, 0, MAX_DAYS))),
                accounts(parser),
                parser.bool(SettingKey.TEST_MODE),
                parser.parse(SettingKey.LOG_LEVEL, "info", SettingsReader::logLevel));
        if (!parser.hasProblems()) {
            Contradictions.find(settings, parser);
        }
        parser.check();
        return settings;
    }

    private static Settings.Liveness liveness(SettingParser parser) {
        return new Settings.Liveness(
                parser.duration(SettingKey.HEARTBEAT_INTERVAL, SHORTEST, MINUTE),
                parser.duration(SettingKey.HEARTBEAT_TIMEOUT, SHORTEST, LONGEST),
                parser.duration(SettingKey.IDENTITY_GRACE, Duration.ZERO, LONGEST),
                parser.duration(SettingKey.HANDSHAKE_TIMEOUT, Duration.ofMillis(100), MINUTE));
    }

    private static Settings.Admission admission(SettingParser parser, Predicate<String> isAddressRange) {
        Optional<Integer> maxConnections =
                parser.text(SettingKey.MAX_CONNECTIONS).isEmpty()
                        ? Optional.empty()
                        : Optional.of(parser.integer(SettingKey.MAX_CONNECTIONS, 1, MILLION));
        return new Settings.Admission(
                parser.list(SettingKey.ALLOWED_ORIGINS, SettingsReader::origin),
                parser.list(
                        SettingKey.TRUSTED_PROXIES, text -> Optional.of(text).filter(isAddressRange)),
                maxConnections,
                parser.integer(SettingKey.MAX_CONNECTIONS_PER_ADDRESS, 0, MILLION));
    }

    private static Settings.Limits limits(SettingParser parser) {
        int maxTextLength = parser.integer(SettingKey.MAX_TEXT_LENGTH, 1, MILLION);
        int maxFrameBytes = parser.text(SettingKey.MAX_FRAME_BYTES).isEmpty()
                ? Math.max(MIN_DEFAULT_FRAME, Contradictions.frameBytes(maxTextLength))
                : parser.integer(SettingKey.MAX_FRAME_BYTES, 4_096, 16 << 20);
        return new Settings.Limits(
                parser.integer(SettingKey.MAX_CHANNELS_PER_CONNECTION, 1, 10_000),
                maxFrameBytes,
                maxTextLength,
                parser.integer(SettingKey.MAX_QUEUED_BYTES, 64 << 10, 1 << 30),
                parser.integer(SettingKey.MESSAGE_RATE, 0, 100_000),
                parser.integer(SettingKey.PRESENCE_LIST_LIMIT, 0, 10_000));
    }

    private static Settings.Accounts accounts(SettingParser parser) {
        String username = parser.text(SettingKey.ADMIN_USERNAME);
        String password = parser.text(SettingKey.ADMIN_PASSWORD);
        if (username.isEmpty() != password.isEmpty()) {
            parser.problem("ADMIN_USERNAME and ADMIN_PASSWORD must be set together: one of them is missing");
        }
        if (!password.isEmpty() && !isPassword(password)) {
            parser.problem(SettingKey.ADMIN_PASSWORD + "=... is not allowed: " + SettingKey.ADMIN_PASSWORD.allowed());
        }
        return new Settings.Accounts(
                parser.bool(SettingKey.REQUIRE_ACCOUNT),
                parser.duration(SettingKey.TOKEN_TTL, MINUTE, TEN_YEARS),
                username,
                password,
                parser.list(
                        SettingKey.API_KEYS, text -> Optional.of(text).filter(key -> key.matches("[!-~]{16,200}"))));
    }

    private static boolean isPassword(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 8 && length <= 200;
    }

    /**
     * For SQLite, allows file names only: {@code :memory:} is a different database for each connection, and URL
     * parameters could disable the durability that the message log relies on.
     */
    private static Optional<String> databaseUrl(String text) {
        return Optional.of(text)
                .filter(url -> url.matches("none|jdbc:postgresql:\\S.*|jdbc:sqlite:(?!:|file:)[^\\s?][^?]*"));
    }

    private static Optional<String> basePath(String text) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return path.isEmpty() || path.matches("(/[\\p{L}\\p{N}._~-]+)+") ? Optional.of(path) : Optional.empty();
    }

    private static Optional<String> origin(String text) {
        return Optional.of(text).filter(o -> o.matches("\\*|null|file://|(?i)[a-z][a-z0-9+.-]*://[^/?#@\\s]+"));
    }

    private static Optional<String> logLevel(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(Set.of("error", "warn", "info", "debug")::contains);
    }
}
