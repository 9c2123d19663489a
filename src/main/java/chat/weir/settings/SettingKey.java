package chat.weir.settings;

/** The settings by environment variable. {@code --help} and the test of {@code .env.example} are derived from it. */
public enum SettingKey {
    HOST("0.0.0.0", "the address to listen on", "an IP address or a host name"),
    PORT("8080", "the port for WebSocket and HTTP; may also be the first argument", "0 to 65535; 0: any free port"),
    BASE_PATH(
            "",
            "prefix to remove from every path, if the server runs below a path of a site",
            "empty, or like /api/chat"),
    HEARTBEAT_INTERVAL("1s", "interval of the heartbeat that is sent to every client", "20ms to 60s"),
    HEARTBEAT_TIMEOUT("5s", "a client that answers no heartbeat for this long loses its name", "20ms to 10m"),
    IDENTITY_GRACE("5s", "how long a new name must be held before its user may send messages", "0s to 10m"),
    HANDSHAKE_TIMEOUT(
            "10s", "time limit for opening a connection, and for the rest of a frame that has begun", "100ms to 60s"),
    ALLOWED_ORIGINS(
            "",
            "web pages that browsers may connect from, besides pages on the same host",
            "origins such as https://example.org, null or file://, separated by commas, or *"),
    TRUSTED_PROXIES(
            "",
            "reverse proxies that may set X-Forwarded-For",
            "IP addresses and networks such as 10.0.0.0/8, separated by commas"),
    MAX_CONNECTIONS("", "maximum number of open connections; empty: as the file limit allows", "1 to 1000000"),
    MAX_CONNECTIONS_PER_ADDRESS("0", "maximum number of connections from one address; 0: no limit", "0 to 1000000"),
    MAX_CHANNELS_PER_CONNECTION("50", "maximum number of channels that a client may be in at once", "1 to 10000"),
    MAX_FRAME_BYTES(
            "",
            "maximum size of a client's message in bytes; empty: as MAX_TEXT_LENGTH needs, at least 65536",
            "4096 to 16777216"),
    MAX_TEXT_LENGTH("4096", "maximum length of a text, in characters (code points)", "1 to 1000000"),
    MAX_QUEUED_BYTES("1048576", "maximum number of bytes queued for a slow client", "65536 to 1073741824"),
    MESSAGE_RATE("10", "messages per second from one client, in bursts of twice that; 0: no limit", "0 to 100000"),
    PRESENCE_LIST_LIMIT(
            "200",
            "maximum number of users in a channel for name lists and join and leave notifications",
            "0 to 10000"),
    DATABASE_URL(
            "jdbc:sqlite:data/weir.db",
            "where messages and accounts are stored; none: in memory, the latest 100 messages per channel",
            "jdbc:sqlite:FILE, jdbc:postgresql://HOST/NAME, or none for memory"),
    DATABASE_USER("", "the PostgreSQL user", "a name"),
    DATABASE_PASSWORD("", "the password of the PostgreSQL user", "a text", true),
    HISTORY_DAYS("0", "for how many days messages are kept; 0: forever", "0 to 36500"),
    REQUIRE_ACCOUNT("false", "only users who are logged in may send and read messages", "true or false"),
    TOKEN_TTL("30d", "how long a login is valid", "1m to 3650d"),
    ADMIN_USERNAME("", "an admin account, created at the start if it does not exist", "a name, or empty"),
    ADMIN_PASSWORD("", "the initial password of that account", "8 to 200 characters", true),
    API_KEYS(
            "",
            "keys for backends that send messages through the HTTP API",
            "texts of 16 to 200 printable characters without spaces, separated by commas",
            true),
    TEST_MODE("false", "clients may reset their connections; for testing clients", "true or false"),
    LOG_LEVEL("info", "the least severe level to log", "error, warn, info or debug");

    private final String defaultValue;
    private final String description;
    private final String allowed;
    private final boolean isSecret;

    SettingKey(String defaultValue, String description, String allowed) {
        this(defaultValue, description, allowed, false);
    }

    SettingKey(String defaultValue, String description, String allowed, boolean isSecret) {
        this.defaultValue = defaultValue;
        this.description = description;
        this.allowed = allowed;
        this.isSecret = isSecret;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** One line for {@code --help}. */
    public String description() {
        return description;
    }

    /** Whether the value must never be shown, not even if it is invalid. */
    public boolean isSecret() {
        return isSecret;
    }

    /** One line that describes the valid values. */
    public String allowed() {
        return allowed;
    }
}
