package chat.weir.functional;

import static java.util.stream.Collectors.toCollection;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RandomClient;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Many clients compete for a few names; afterwards the presence lists contain exactly the connected users. */
class ConcurrentNamesTest {
    private static final String PASSWORD = "correct horse";
    private static final List<String> CHANNELS = List.of("fishing", "boats", "lakes");
    private static final int CLIENTS = 5;
    private static final int STEPS = 200;

    private final TestServer server = TestServer.with(
            "IDENTITY_GRACE", "0s", "MESSAGE_RATE", "0", "HANDSHAKE_TIMEOUT", "60s", "MAX_QUEUED_BYTES", "16777216");
    private final TestApi api = new TestApi(server.port());
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    private void register(String name) {
        api.register(name, PASSWORD);
        tokens.put(name, api.logIn(name, PASSWORD));
    }

    /** Retries for about as long as the load lasts, because a name cannot be registered while a guest has it. */
    private void registerOnceFree(String name) {
        for (int i = 0; i < STEPS && !tokens.containsKey(name); i++) {
            if (api.register(name, PASSWORD).status() == 201) {
                tokens.put(name, api.logIn(name, PASSWORD));
            }
        }
    }

    private CompletableFuture<Void> runInBackground(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    private Set<String> users(String channel) {
        JsonNode users = api.send("GET", "/api/channels/" + channel + "/users", null, null)
                .body()
                .get("users");
        return StreamSupport.stream(users.spliterator(), false)
                .map(JsonNode::asString)
                .collect(toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void listsExactlyTheConnectedUsersAfterConcurrentActions(long seed) {
        register("ann");
        register("ben");
        List<RandomClient> randomClients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            randomClients.add(new RandomClient(server.port(), CHANNELS, tokens, CLIENTS * seed + i));
        }
        actConcurrently(randomClients);
        Map<TestClient, String> names = identifyAll(randomClients);
        assertTrue(!names.isEmpty(), "a client is still connected");
        // The heartbeat that authenticates them.
        server.advance(Duration.ofSeconds(3));
        for (String channel : CHANNELS) {
            Set<String> expected = new TreeSet<>();
            names.forEach((client, name) -> {
                if (client.ask("'type':'users','channel':'" + channel + "'").has("count")) {
                    expected.add(name);
                }
            });
            assertEquals(expected, users(channel), channel);
        }
        names.keySet().forEach(TestClient::close);
        CHANNELS.forEach(channel -> await().untilAsserted(() -> assertEquals(Set.of(), users(channel))));
        await().untilAsserted(() -> {
            server.advance(Duration.ofMinutes(1));
            assertEquals(0, server.weirServer().channelCount());
        });
    }

    /** Runs all clients concurrently while time advances, and registers a name that guests use. */
    private void actConcurrently(List<RandomClient> randomClients) {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> ticking = runInBackground(() -> {
            while (!done.get()) {
                server.advance(Duration.ofMillis(20));
                LockSupport.parkNanos(2_000_000);
            }
        });
        List<CompletableFuture<Void>> all = new ArrayList<>();
        randomClients.forEach(one -> all.add(runInBackground(() -> one.step(STEPS))));
        all.add(runInBackground(() -> registerOnceFree("dave")));
        all.forEach(CompletableFuture::join);
        done.set(true);
        ticking.join();
    }

    /** Gives a different name to each client that is still connected. */
    private static Map<TestClient, String> identifyAll(List<RandomClient> randomClients) {
        Map<TestClient, String> names = new HashMap<>();
        for (RandomClient one : randomClients) {
            for (TestClient client : one.clients()) {
                String name = "last" + names.size();
                try {
                    client.ask("'type':'logout'");
                    client.ask("'type':'identity','user':'" + name + "'");
                    names.put(client, name);
                } catch (UncheckedIOException | AssertionError e) {
                    one.closeClient(client);
                }
            }
        }
        return names;
    }
}
