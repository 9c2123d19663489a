package chat.weir.settings;

/**
 * Finds settings that are each allowed, but not together: one of them could never take effect, or would break what the
 * other promises.
 *
 * <p>Threading: confined to the start.
 */
final class Contradictions {
    /** A code point outside the BMP that a client writes as two escapes: {@code \\ud83d\\ude00}. */
    private static final int RECEIVED_BYTES_A_CHARACTER = 12;

    /** A control character that the server writes as {@code \\u0001}. */
    private static final int SENT_BYTES_A_CHARACTER = 6;

    /** A name of 32 code points, its quotes and its comma. */
    private static final int BYTES_A_NAME = 32 * 4 + 3;

    /** The rest of an envelope: its type, a {@code ref} and a channel's id, all written with escapes. */
    private static final int ENVELOPE_BYTES = 2_048;

    private final Settings settings;
    private final SettingParser parser;

    private Contradictions(Settings settings, SettingParser parser) {
        this.settings = settings;
        this.parser = parser;
    }

    /** Adds a problem for each contradiction; to be called only if every value is allowed by itself. */
    static void find(Settings settings, SettingParser parser) {
        Contradictions contradictions = new Contradictions(settings, parser);
        contradictions.sizes();
        contradictions.times();
        contradictions.database();
    }

    /** How long a client's message with the longest text can be, in bytes. */
    static int frameBytes(int maxTextLength) {
        return RECEIVED_BYTES_A_CHARACTER * maxTextLength + ENVELOPE_BYTES;
    }

    private void sizes() {
        Settings.Limits limits = settings.limits();
        atLeast(
                SettingKey.MAX_FRAME_BYTES,
                limits.maxFrameBytes(),
                SettingKey.MAX_TEXT_LENGTH,
                frameBytes(limits.maxTextLength()));
        atLeast(
                SettingKey.MAX_QUEUED_BYTES,
                limits.maxQueuedBytes(),
                SettingKey.MAX_TEXT_LENGTH,
                SENT_BYTES_A_CHARACTER * limits.maxTextLength() + ENVELOPE_BYTES);
        atLeast(
                SettingKey.MAX_QUEUED_BYTES,
                limits.maxQueuedBytes(),
                SettingKey.PRESENCE_LIST_LIMIT,
                BYTES_A_NAME * limits.presenceList() + ENVELOPE_BYTES);
        Settings.Admission admission = settings.admission();
        if (admission
                .maxConnections()
                .filter(max -> max < admission.maxConnectionsPerAddress())
                .isPresent()) {
            contradict(
                    SettingKey.MAX_CONNECTIONS_PER_ADDRESS,
                    SettingKey.MAX_CONNECTIONS,
                    "one address may not have more connections than all together");
        }
    }

    private void atLeast(SettingKey key, int value, SettingKey other, int needed) {
        if (value < needed) {
            contradict(key, other, key + " has to be at least " + needed);
        }
    }

    private void times() {
        Settings.Liveness liveness = settings.liveness();
        if (liveness.timeout().compareTo(liveness.interval()) <= 0) {
            contradict(
                    SettingKey.HEARTBEAT_TIMEOUT,
                    SettingKey.HEARTBEAT_INTERVAL,
                    "a client answers once an interval, so the timeout has to be longer");
        }
    }

    private void database() {
        Settings.Storage storage = settings.storage();
        boolean hasUser = !storage.user().isEmpty();
        boolean hasPassword = !storage.password().isEmpty();
        if (!storage.url().startsWith("jdbc:postgresql:")) {
            if (hasUser || hasPassword) {
                parser.problem("DATABASE_USER and DATABASE_PASSWORD are for PostgreSQL only, and DATABASE_URL is "
                        + storage.url() + ": remove them");
            }
        } else if (hasPassword && !hasUser) {
            parser.problem("DATABASE_PASSWORD needs a DATABASE_USER");
        } else if (hasUser && storage.url().matches(".*[?&](user|password)=.*")) {
            parser.problem("DATABASE_URL has a user or a password in it, and DATABASE_USER is set too: remove one");
        }
    }

    private void contradict(SettingKey key, SettingKey other, String why) {
        parser.problem(shown(key) + " and " + shown(other) + " contradict each other: " + why);
    }

    private String shown(SettingKey key) {
        return key + "=" + parser.text(key);
    }
}
