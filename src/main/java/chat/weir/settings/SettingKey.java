package chat.weir.settings;

/** The settings by their names in the environment; {@code --help} and the checks of {@code .env.example} read this. */
public enum SettingKey {
    HOST("0.0.0.0", "the address to listen on", "an IP address or a host name"),
    PORT("8080", "the port for WebSocket and HTTP; may also be the first argument", "0 to 65535; 0: any free port"),
    BASE_PATH("", "taken off the front of every path, for a server below a path of a site", "empty, or like /api/chat"),
    HEARTBEAT_INTERVAL("1s", "how often every client gets a heartbeat", "20ms to 60s"),
    HEARTBEAT_TIMEOUT("5s", "a client that answers none for so long loses its name", "20ms to 10m"),
    IDENTITY_GRACE("5s", "how long a name is held before its holder may speak", "0s to 10m"),
    HANDSHAKE_TIMEOUT(
            "10s", "how long opening a connection may take, and the rest of a message that has begun", "100ms to 60s"),
    ALLOWED_ORIGINS(
            "",
            "from which web pages browsers may connect, besides pages on the same host",
            "origins such as https://example.org, null or file://, separated by commas, or *"),
    TRUSTED_PROXIES(
            "",
            "whose X-Forwarded-For is believed",
            "IP addresses and networks such as 10.0.0.0/8, separated by commas"),
    MAX_CONNECTIONS("", "how many clients at once; empty: what the process's file limit allows", "1 to 1000000"),
    MAX_CONNECTIONS_PER_ADDRESS("0", "how many of them from one address; 0: no limit", "0 to 1000000"),
    MAX_CHANNELS_PER_CONNECTION("50", "how many channels a client may be in at once", "1 to 10000"),
    MAX_FRAME_BYTES(
            "",
            "the largest message of a client, in bytes; empty: what MAX_TEXT_LENGTH needs, at least 65536",
            "4096 to 16777216"),
    MAX_TEXT_LENGTH("4096", "the longest text, in characters (code points)", "1 to 1000000"),
    MAX_QUEUED_BYTES("1048576", "how much may wait for a client that reads slowly", "65536 to 1073741824"),
    MESSAGE_RATE("10", "messages a second from one client, in bursts of twice that; 0: no limit", "0 to 100000"),
    PRESENCE_LIST_LIMIT(
            "200",
            "the most people of a channel who are listed by name and whose coming and going is told",
            "0 to 10000"),
    DATABASE_URL(
            "jdbc:sqlite:data/weir.db",
            "where messages and accounts are kept; none: in memory, 100 messages a channel",
            "jdbc:sqlite:FILE, jdbc:postgresql://HOST/NAME, or none for memory"),
    DATABASE_USER("", "who to be for PostgreSQL", "a name"),
    DATABASE_PASSWORD("", "and the password for it", "a text", true),
    REQUIRE_ACCOUNT("false", "only those who log in may speak, listen and read", "true or false"),
    TOKEN_TTL("30d", "how long a login lasts", "1m to 3650d"),
    ADMIN_USERNAME("", "an account that is made at the start if it is missing, and is an admin", "a name, or empty"),
    ADMIN_PASSWORD("", "the password that it is made with", "8 to 200 characters", true),
    API_KEYS(
            "",
            "with which backends may speak in channels by HTTP",
            "texts of 16 to 200 printable characters without spaces, separated by commas",
            true),
    TEST_MODE("false", "clients may reset their connections, for tests of clients", "true or false"),
    LOG_LEVEL("info", "what is logged", "error, warn, info or debug");

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

    /** One line that says what it does. */
    public String description() {
        return description;
    }

    /** Its value must not be shown, not even where it is wrong. */
    public boolean isSecret() {
        return isSecret;
    }

    /** One line that says which values there are. */
    public String allowed() {
        return allowed;
    }
}
