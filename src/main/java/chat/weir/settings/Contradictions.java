package chat.weir.settings;

/**
 * Finds settings whose values are valid on their own but not together: one could never take effect, or breaks what the
 * other guarantees.
 *
 * <p>Threading: confined to the start.
 */
final class Contradictions {
    /** The longest JSON form of a code point in a client's frame: two Unicode escapes, {@code \\ud83d\\ude00}. */
    private static final int RECEIVED_BYTES_PER_CHARACTER = 12;

    /** The longest JSON form of a character in a server's frame: a control character as {@code \\u0001}. */
    private static final int SENT_BYTES_PER_CHARACTER = 6;

    /** A name of 32 code points with its quotes and comma. */
    private static final int BYTES_PER_NAME = 32 * 4 + 3;

    /** The rest of an envelope: its type, a {@code ref} and a channel id, fully escaped. */
    private static final int ENVELOPE_BYTES = 2_048;

    private final Settings settings;
    private final SettingParser parser;

    private Contradictions(Settings settings, SettingParser parser) {
        this.settings = settings;
        this.parser = parser;
    }

    /** Adds a problem for each contradiction. Call this only if every value is valid on its own. */
    static void find(Settings settings, SettingParser parser) {
        Contradictions contradictions = new Contradictions(settings, parser);
        contradictions.checkSizes();
        contradictions.checkTimes();
        contradictions.checkDatabase();
    }

    /**
     * The size in bytes of the largest frame that a client needs for a message of {@code maxTextLength} code points.
     */
    static int frameBytes(int maxTextLength) {
        return RECEIVED_BYTES_PER_CHARACTER * maxTextLength + ENVELOPE_BYTES;
    }

    private void checkSizes() {
        Settings.Limits limits = settings.limits();
        checkAtLeast(
                SettingKey.MAX_FRAME_BYTES,
                limits.maxFrameBytes(),
                SettingKey.MAX_TEXT_LENGTH,
                frameBytes(limits.maxTextLength()));
        checkAtLeast(
                SettingKey.MAX_QUEUED_BYTES,
                limits.maxQueuedBytes(),
                SettingKey.MAX_TEXT_LENGTH,
                SENT_BYTES_PER_CHARACTER * limits.maxTextLength() + ENVELOPE_BYTES);
        checkAtLeast(
                SettingKey.MAX_QUEUED_BYTES,
                limits.maxQueuedBytes(),
                SettingKey.PRESENCE_LIST_LIMIT,
                BYTES_PER_NAME * limits.presenceList() + ENVELOPE_BYTES);
        Settings.Admission admission = settings.admission();
        if (admission
                .maxConnections()
                .filter(max -> max < admission.maxConnectionsPerAddress())
                .isPresent()) {
            contradict(
                    SettingKey.MAX_CONNECTIONS_PER_ADDRESS,
                    SettingKey.MAX_CONNECTIONS,
                    "the limit per address must not exceed the total");
        }
    }

    private void checkAtLeast(SettingKey key, int value, SettingKey other, int needed) {
        if (value < needed) {
            contradict(key, other, key + " must be at least " + needed);
        }
    }

    private void checkTimes() {
        Settings.Liveness liveness = settings.liveness();
        if (liveness.timeout().compareTo(liveness.interval()) <= 0) {
            contradict(
                    SettingKey.HEARTBEAT_TIMEOUT,
                    SettingKey.HEARTBEAT_INTERVAL,
                    "a client answers once per interval, so the timeout must be longer");
        }
    }

    private void checkDatabase() {
        Settings.Storage storage = settings.storage();
        boolean hasUser = !storage.user().isEmpty();
        boolean hasPassword = !storage.password().isEmpty();
        if (!storage.url().startsWith("jdbc:postgresql:")) {
            if (hasUser || hasPassword) {
                parser.problem("DATABASE_USER and DATABASE_PASSWORD apply to PostgreSQL only, but DATABASE_URL is "
                        + storage.url() + ": remove them");
            }
        } else if (hasPassword && !hasUser) {
            parser.problem("DATABASE_PASSWORD requires DATABASE_USER");
        } else if (hasUser && storage.url().matches(".*[?&](user|password)=.*")) {
            parser.problem("DATABASE_URL contains a user or a password, and DATABASE_USER is set too: remove one");
        }
    }

    private void contradict(SettingKey key, SettingKey other, String why) {
        parser.problem(assignment(key) + " and " + assignment(other) + " contradict each other: " + why);
    }

    private String assignment(SettingKey key) {
        return key + "=" + parser.text(key);
    }
}
