package chat.weir.simulation;

import chat.weir.testing.TestServer;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's settings and the number of channels of a simulation.
 *
 * @param channels the number of public channels; the first ones get more users than the others
 * @param listLimit the server's {@code PRESENCE_LIST_LIMIT}
 * @param databaseUrl where messages are stored, or {@code none}
 */
public record SimulationConfig(int cores, int channels, int listLimit, String databaseUrl) {
    static final int USERS = 200;
    static final String ADMIN = "root";
    static final String PASSWORD = "correct horse";

    TestServer start() {
        return TestServer.onCores(
                cores,
                "DATABASE_URL",
                databaseUrl,
                "ADMIN_USERNAME",
                ADMIN,
                "ADMIN_PASSWORD",
                PASSWORD,
                "MESSAGE_RATE",
                "0",
                "HEARTBEAT_TIMEOUT",
                "5s",
                "IDENTITY_GRACE",
                "5s",
                "PRESENCE_LIST_LIMIT",
                Integer.toString(listLimit));
    }

    /** Whether no channel can exceed the list limit, so that every join and leave is notified. */
    boolean hasCompleteNotifications() {
        return listLimit >= USERS;
    }

    /** Whether messages are kept in memory only. */
    boolean isInMemory() {
        return databaseUrl.equals("none");
    }

    List<String> channelIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            ids.add("channel" + i);
        }
        return ids;
    }
}
