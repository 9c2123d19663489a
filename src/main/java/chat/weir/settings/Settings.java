package chat.weir.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The settings a server runs with, all of them valid.
 *
 * <p>Threading: immutable.
 *
 * @param basePath empty, or a path that begins with a slash and does not end with one
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

    /** How long things may take. */
    public record Liveness(Duration interval, Duration timeout, Duration grace, Duration handshakeTimeout) {}

    /**
     * Who may come in.
     *
     * @param maxConnections empty: as many as the process's file limit allows
     */
    public record Admission(
            List<String> allowedOrigins,
            List<String> trustedProxies,
            Optional<Integer> maxConnections,
            int maxConnectionsPerAddress) {}

    /** How much one client may send, and have waiting. */
    public record Limits(
            int maxChannels,
            int maxFrameBytes,
            int maxTextLength,
            int maxQueuedBytes,
            int messageRate,
            int presenceList) {}

    /** Where things are kept; see the keys. */
    public record Storage(String url, String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * Who may do what.
     *
     * @param adminUsername empty: no admin is made
     */
    public record Accounts(
            boolean required, Duration tokenTtl, String adminUsername, String adminPassword, List<String> apiKeys) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "required=" + required + " admin=" + adminUsername;
        }
    }

    /**
     * Reads and checks.
     *
     * @param isAddressRange whether a text is an address or a network
     * @throws InvalidSettingsException naming every setting that is wrong
     */
    public static Settings read(SettingsSource source, Predicate<String> isAddressRange) {
        Values values = new Values(source.values());
        source.problems().forEach(values::problem);
        Settings settings = new Settings(
                values.text(Key.HOST),
                values.integer(Key.PORT, 0, 65_535),
                values.parse(Key.BASE_PATH, "", Settings::basePath),
                liveness(values),
                admission(values, isAddressRange),
                limits(values),
                new Storage(
                        values.parse(Key.DATABASE_URL, "none", Settings::databaseUrl),
                        values.text(Key.DATABASE_USER),
                        values.text(Key.DATABASE_PASSWORD)),
                accounts(values),
                values.bool(Key.TEST_MODE),
                values.parse(Key.LOG_LEVEL, "info", Settings::logLevel));
        if (!values.hasProblems()) {
            Contradictions.find(settings, values);
        }
        values.check();
        return settings;
    }

    private static Liveness liveness(Values values) {
        return new Liveness(
                values.duration(Key.HEARTBEAT_INTERVAL, SHORTEST, MINUTE),
                values.duration(Key.HEARTBEAT_TIMEOUT, SHORTEST, LONGEST),
                values.duration(Key.IDENTITY_GRACE, Duration.ZERO, LONGEST),
                values.duration(Key.HANDSHAKE_TIMEOUT, Duration.ofMillis(100), MINUTE));
    }

    private static Admission admission(Values values, Predicate<String> isAddressRange) {
        Optional<Integer> maxConnections = values.text(Key.MAX_CONNECTIONS).isEmpty()
                ? Optional.empty()
                : Optional.of(values.integer(Key.MAX_CONNECTIONS, 1, MILLION));
        return new Admission(
                values.list(Key.ALLOWED_ORIGINS, Settings::origin),
                values.list(Key.TRUSTED_PROXIES, text -> Optional.of(text).filter(isAddressRange)),
                maxConnections,
                values.integer(Key.MAX_CONNECTIONS_PER_ADDRESS, 0, MILLION));
    }

    private static Limits limits(Values values) {
        int maxTextLength = values.integer(Key.MAX_TEXT_LENGTH, 1, MILLION);
        int maxFrameBytes = values.text(Key.MAX_FRAME_BYTES).isEmpty()
                ? Math.max(MIN_DEFAULT_FRAME, Contradictions.frameBytes(maxTextLength))
                : values.integer(Key.MAX_FRAME_BYTES, 4_096, 16 << 20);
        return new Limits(
                values.integer(Key.MAX_CHANNELS_PER_CONNECTION, 1, 10_000),
                maxFrameBytes,
                maxTextLength,
                values.integer(Key.MAX_QUEUED_BYTES, 64 << 10, 1 << 30),
                values.integer(Key.MESSAGE_RATE, 0, 100_000),
                values.integer(Key.PRESENCE_LIST_LIMIT, 0, 10_000));
    }

    private static Accounts accounts(Values values) {
        String username = values.text(Key.ADMIN_USERNAME);
        String password = values.text(Key.ADMIN_PASSWORD);
        if (username.isEmpty() != password.isEmpty()) {
            values.problem("ADMIN_USERNAME and ADMIN_PASSWORD go together: one of them is missing");
        }
        if (!password.isEmpty() && !isPassword(password)) {
            values.problem(Key.ADMIN_PASSWORD + "=... is not allowed: " + Key.ADMIN_PASSWORD.allowed());
        }
        return new Accounts(
                values.bool(Key.REQUIRE_ACCOUNT),
                values.duration(Key.TOKEN_TTL, MINUTE, TEN_YEARS),
                username,
                password,
                values.list(Key.API_KEYS, text -> Optional.of(text).filter(key -> key.matches("[!-~]{16,200}"))));
    }

    private static boolean isPassword(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 8 && length <= 200;
    }

    /**
     * Of SQLite's own names only files: {@code :memory:} is another database for each connection, and a parameter could
     * switch off what storing relies on.
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
