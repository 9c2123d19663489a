package chat.weir.functional;

import static java.util.stream.Collectors.toCollection;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.Restless;
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

/** Whatever many do with few names at the same time, in the end exactly those are here who are. */
class CrowdTest {
    private static final String PASSWORD = "correct horse";
    private static final List<String> CHANNELS = List.of("fishing", "boats", "lakes");
    private static final int PEOPLE = 5;
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

    /** A name cannot be registered while a guest has it; this is tried for about as long as the load lasts. */
    private void registerOnceFree(String name) {
        for (int i = 0; i < STEPS && !tokens.containsKey(name); i++) {
            if (api.register(name, PASSWORD).status() == 201) {
                tokens.put(name, api.logIn(name, PASSWORD));
            }
        }
    }

    private CompletableFuture<Void> begin(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    private Set<String> here(String channel) {
        JsonNode users = api.send("GET", "/api/channels/" + channel + "/users", null, null)
                .body()
                .get("users");
        return StreamSupport.stream(users.spliterator(), false)
                .map(JsonNode::asString)
                .collect(toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void isSeenAsItIs(long seed) {
        register("ann");
        register("ben");
        List<Restless> crowd = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            crowd.add(new Restless(server.port(), CHANNELS, tokens, PEOPLE * seed + i));
        }
        rush(crowd);
        Map<TestClient, String> names = nameAll(crowd);
        assertTrue(!names.isEmpty(), "somebody is left");
        // The beat at which they are authenticated.
        server.advance(Duration.ofSeconds(3));
        for (String channel : CHANNELS) {
            Set<String> expected = new TreeSet<>();
            names.forEach((client, name) -> {
                if (client.ask("'type':'users','channel':'" + channel + "'").has("count")) {
                    expected.add(name);
                }
            });
            assertEquals(expected, here(channel), channel);
        }
        names.keySet().forEach(TestClient::close);
        CHANNELS.forEach(channel -> await().untilAsserted(() -> assertEquals(Set.of(), here(channel))));
        await().untilAsserted(() -> {
            server.advance(Duration.ofMinutes(1));
            assertEquals(0, server.weirServer().channelCount());
        });
    }

    /** All at once, while time goes on, and a name that guests take becomes an account's. */
    private void rush(List<Restless> crowd) {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> ticking = begin(() -> {
            while (!done.get()) {
                server.advance(Duration.ofMillis(20));
                LockSupport.parkNanos(2_000_000);
            }
        });
        List<CompletableFuture<Void>> all = new ArrayList<>();
        crowd.forEach(one -> all.add(begin(() -> one.step(STEPS))));
        all.add(begin(() -> registerOnceFree("dave")));
        all.forEach(CompletableFuture::join);
        done.set(true);
        ticking.join();
    }

    /** All clients that are still connected take different names. */
    private static Map<TestClient, String> nameAll(List<Restless> crowd) {
        Map<TestClient, String> names = new HashMap<>();
        for (Restless one : crowd) {
            for (TestClient client : one.clients()) {
                String name = "last" + names.size();
                try {
                    client.ask("'type':'logout'");
                    client.ask("'type':'identity','user':'" + name + "'");
                    names.put(client, name);
                } catch (UncheckedIOException | AssertionError e) {
                    one.forget(client);
                }
            }
        }
        return names;
    }
}
