package chat.weir.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The validated settings of the server; {@link SettingsReader} creates them.
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

    /**
     * Where messages and accounts are stored.
     *
     * @param history how long messages are kept; zero: forever
     */
    public record Storage(String url, String user, String password, Duration history) {
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
}
