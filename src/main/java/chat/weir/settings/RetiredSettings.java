package chat.weir.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of earlier versions, with advice on what to do instead. */
public final class RetiredSettings {
    private static final Map<String, String> RETIRED = Map.of(
            "HTTP_PORT", "HTTP_PORT is no longer a setting: PORT serves the page and the HTTP API too; remove it",
            "SOCKET_URL", "SOCKET_URL is no longer a setting: the WebSocket is at the page's own address; remove it");

    private RetiredSettings() {}

    /** One line of advice; empty if the name has never been a setting, or still is. */
    static Optional<String> about(String name) {
        return Optional.ofNullable(RETIRED.get(name));
    }

    /** One line of advice for each retired setting in the environment. */
    public static List<String> in(Map<String, String> environment) {
        return RETIRED.keySet().stream()
                .sorted()
                .filter(environment::containsKey)
                .map(RETIRED::get)
                .toList();
    }
}
