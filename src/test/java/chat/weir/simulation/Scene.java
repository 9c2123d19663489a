package chat.weir.simulation;

import chat.weir.testing.TestServer;
import java.util.ArrayList;
import java.util.List;

/**
 * What kind of server and crowd it is.
 *
 * @param channels how many, of which some are fuller than others
 * @param listLimit the most people that are listed
 * @param databaseUrl {@code none}, or where messages are kept
 */
public record Scene(int cores, int channels, int listLimit, String databaseUrl) {
    static final int PEOPLE = 200;
    private static final int ALL_MISSED = 300;
    private static final int MISSED_IN_MEMORY = 100;

    TestServer start() {
        return TestServer.onCores(
                cores,
                "DATABASE_URL",
                databaseUrl,
                "MESSAGE_RATE",
                "0",
                "HEARTBEAT_TIMEOUT",
                "5s",
                "IDENTITY_GRACE",
                "5s",
                "PRESENCE_LIST_LIMIT",
                Integer.toString(listLimit));
    }

    /** Nobody is ever in too much company to be told of each who comes. */
    boolean oneListIsEnough() {
        return listLimit >= PEOPLE;
    }

    /** Who missed more than this gets nothing of it sent. */
    int mostMissed() {
        return databaseUrl.equals("none") ? MISSED_IN_MEMORY : ALL_MISSED;
    }

    List<String> channelIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            ids.add("channel" + i);
        }
        return ids;
    }
}
