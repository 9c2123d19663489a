package chat.weir.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The validated settings of the server.
 *
 * <p>Threading: immutable.
 *
 * @param basePath empty, or a path with a leading and without a trailing slash
 */
public record Settings(
        String host,
        int port,
        String basePath,
        Liveness liveness,
        Admission admission,
        Limits limits,
        Storage storage,
        Accounts accounts,
        boolean testMode,
        String logLevel) {

    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MILLION = 1_000_000;
    private static final int MIN_DEFAULT_FRAME = 64 << 10;

    /** Heartbeat and handshake durations. */
    public record Liveness(Duration interval, Duration timeout, Duration grace, Duration handshakeTimeout) {}

    /**
     * Which connections are accepted.
     *
     * @param maxConnections empty: as many as the limit of open files allows
     */
    public record Admission(
            List<String> allowedOrigins,
            List<String> trustedProxies,
            Optional<Integer> maxConnections,
            int maxConnectionsPerAddress) {}

    /** Limits for one client. */
    public record Limits(
            int maxChannels,
            int maxFrameBytes,
            int maxTextLength,
            int maxQueuedBytes,
            int messageRate,
            int presenceList) {}

    /** Where messages and accounts are stored. */
    public record Storage(String url, String user, String password) {
        /** Omits the password. */
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * Accounts, logins and API keys.
     *
     * @param adminUsername empty: do not create an admin
     */
    public record Accounts(
            boolean required, Duration tokenTtl, String adminUsername, String adminPassword, List<String> apiKeys) {
        /** Omits the secrets. */
        @Override
        public String toString() {
            return "required=" + required + " admin=" + adminUsername;
        }
    }

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
                parser.parse(SettingKey.BASE_PATH, "", Settings::basePath),
                liveness(parser),
                admission(parser, isAddressRange),
                limits(parser),
                new Storage(
                        parser.parse(SettingKey.DATABASE_URL, "none", Settings::databaseUrl),
                        parser.text(SettingKey.DATABASE_USER),
                        parser.text(SettingKey.DATABASE_PASSWORD)),
                accounts(parser),
                parser.bool(SettingKey.TEST_MODE),
                parser.parse(SettingKey.LOG_LEVEL, "info", Settings::logLevel));
        if (!parser.hasProblems()) {
            Contradictions.find(settings, parser);
        }
        parser.check();
        return settings;
    }

    private static Liveness liveness(SettingParser parser) {
        return new Liveness(
                parser.duration(SettingKey.HEARTBEAT_INTERVAL, SHORTEST, MINUTE),
                parser.duration(SettingKey.HEARTBEAT_TIMEOUT, SHORTEST, LONGEST),
                parser.duration(SettingKey.IDENTITY_GRACE, Duration.ZERO, LONGEST),
                parser.duration(SettingKey.HANDSHAKE_TIMEOUT, Duration.ofMillis(100), MINUTE));
    }

    private static Admission admission(SettingParser parser, Predicate<String> isAddressRange) {
        Optional<Integer> maxConnections =
                parser.text(SettingKey.MAX_CONNECTIONS).isEmpty()
                        ? Optional.empty()
                        : Optional.of(parser.integer(SettingKey.MAX_CONNECTIONS, 1, MILLION));
        return new Admission(
                parser.list(SettingKey.ALLOWED_ORIGINS, Settings::origin),
                parser.list(
                        SettingKey.TRUSTED_PROXIES, text -> Optional.of(text).filter(isAddressRange)),
                maxConnections,
                parser.integer(SettingKey.MAX_CONNECTIONS_PER_ADDRESS, 0, MILLION));
    }

    private static Limits limits(SettingParser parser) {
        int maxTextLength = parser.integer(SettingKey.MAX_TEXT_LENGTH, 1, MILLION);
        int maxFrameBytes = parser.text(SettingKey.MAX_FRAME_BYTES).isEmpty()
                ? Math.max(MIN_DEFAULT_FRAME, Contradictions.frameBytes(maxTextLength))
                : parser.integer(SettingKey.MAX_FRAME_BYTES, 4_096, 16 << 20);
        return new Limits(
                parser.integer(SettingKey.MAX_CHANNELS_PER_CONNECTION, 1, 10_000),
                maxFrameBytes,
                maxTextLength,
                parser.integer(SettingKey.MAX_QUEUED_BYTES, 64 << 10, 1 << 30),
                parser.integer(SettingKey.MESSAGE_RATE, 0, 100_000),
                parser.integer(SettingKey.PRESENCE_LIST_LIMIT, 0, 10_000));
    }

    private static Accounts accounts(SettingParser parser) {
        String username = parser.text(SettingKey.ADMIN_USERNAME);
        String password = parser.text(SettingKey.ADMIN_PASSWORD);
        if (username.isEmpty() != password.isEmpty()) {
            parser.problem("ADMIN_USERNAME and ADMIN_PASSWORD must be set together: one of them is missing");
        }
        if (!password.isEmpty() && !isPassword(password)) {
            parser.problem(SettingKey.ADMIN_PASSWORD + "=... is not allowed: " + SettingKey.ADMIN_PASSWORD.allowed());
        }
        return new Accounts(
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
