package chat.weir.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names that were settings of earlier versions, and what has become of them. */
public final class RetiredSettings {
    private static final Map<String, String> RETIRED = Map.of(
            "HTTP_PORT", "HTTP_PORT is no longer a setting: PORT serves the page and the HTTP API too; remove it",
            "SOCKET_URL", "SOCKET_URL is no longer a setting: the WebSocket is at the page's own address; remove it");

    private RetiredSettings() {}

    /** One line about a name; nothing if it has never been a setting, or still is. */
    static Optional<String> about(String name) {
        return Optional.ofNullable(RETIRED.get(name));
    }

    /** One line for each that is set in an environment. */
    public static List<String> in(Map<String, String> environment) {
        return RETIRED.keySet().stream()
                .sorted()
                .filter(environment::containsKey)
                .map(RETIRED::get)
                .toList();
    }
}
