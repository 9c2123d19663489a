package chat.weir.testing;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A user with a few connections who performs random actions: takes names, resumes them, logs in and out, joins and
 * leaves channels, and disconnects.
 *
 * <p>Threading: confined to one thread at a time.
 */
public final class RandomClient {
    private static final int MAX_CONNECTIONS = 4;
    private static final List<String> NAMES = List.of("bob", "BOB", "carol", "dave");

    private final int port;
    private final List<String> channels;
    private final Map<String, String> tokens;
    private final Random random;
    private final List<TestClient> clients = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();

    /** @param tokens the tokens of accounts, by name */
    public RandomClient(int port, List<String> channels, Map<String, String> tokens, long seed) {
        this.port = port;
        this.channels = channels;
        this.tokens = tokens;
        this.random = new Random(seed);
    }

    /** The connections that it has not closed itself. */
    public List<TestClient> clients() {
        return List.copyOf(clients);
    }

    public void closeClient(TestClient client) {
        client.close();
        clients.remove(client);
    }

    /** Performs a number of random actions. */
    public void step(int times) {
        for (int i = 0; i < times; i++) {
            if (clients.isEmpty() || (clients.size() < MAX_CONNECTIONS && random.nextInt(4) == 0)) {
                clients.add(TestClient.open(port, "/" + any(channels) + "?heartbeat=pong"));
            }
            TestClient client = any(clients);
            try {
                step(client);
            } catch (UncheckedIOException | AssertionError e) {
                // Another connection has resumed the name, so the server has closed this one.
                closeClient(client);
            }
        }
    }

    private void step(TestClient client) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> identify(client);
            case 3 -> client.ask("'type':'join','channel':'" + any(channels) + "'");
            case 4 -> client.ask("'type':'leave','channel':'" + any(channels) + "'");
            case 5 -> client.ask("'type':'logout'");
            case 6 -> client.ask("'type':'auth','token':'" + any(List.copyOf(tokens.values())) + "'");
            default -> closeClient(client);
        }
    }

    private void identify(TestClient client) {
        String name = any(NAMES);
        String key = name.toLowerCase(Locale.ROOT);
        String secret = random.nextInt(3) == 0 ? null : secrets.get(key);
        JsonNode answer = client.ask(
                "'type':'identity','user':'" + name + "'" + (secret == null ? "" : ",'resume':'" + secret + "'"));
        if (answer.has("resume")) {
            secrets.put(key, answer.get("resume").asString());
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
