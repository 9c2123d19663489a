package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The users, the server, the model and the random choices of a simulation.
 *
 * <p>Threading: confined to the test's thread.
 */
final class SimulationContext {
    private static final int ACCOUNTS = 6;

    /** The first accounts are moderators of the first channel. */
    private static final int MODERATORS = 2;

    private final TestServer server;
    private final SimulationConfig config;
    private final Model model;
    private final Random random;
    private final List<SimulatedUser> users = new ArrayList<>();

    SimulationContext(TestServer server, TestApi api, SimulationConfig config, Random random) {
        this.server = server;
        this.config = config;
        this.model = new Model(config, server.unixSecond());
        this.random = random;
        for (int i = 0; i < SimulationConfig.USERS; i++) {
            String name = (i < ACCOUNTS ? "account" : "guest") + i;
            users.add(new SimulatedUser(name, i < ACCOUNTS ? token(api, name) : null));
        }
        appointModerators(api);
    }

    private static String token(TestApi api, String name) {
        assertEquals(201, api.register(name, SimulationConfig.PASSWORD).status());
        return api.logIn(name, SimulationConfig.PASSWORD);
    }

    private void appointModerators(TestApi api) {
        String admin = api.logIn(SimulationConfig.ADMIN, SimulationConfig.PASSWORD);
        users.stream().limit(MODERATORS).forEach(user -> {
            String path = "/api/channels/" + moderatedChannel().id + "/roles/" + user.defaultName();
            assertEquals(
                    204, api.send("PUT", path, admin, "{'role':'moderator'}").status());
        });
    }

    /** Whether an account is a moderator of a channel: of {@link #moderatedChannel}. */
    boolean isModerator(@Nullable SimulatedUser account, ModelChannel channel) {
        return account != null && channel.equals(moderatedChannel()) && users.indexOf(account) < MODERATORS;
    }

    ModelChannel moderatedChannel() {
        return model.channel(config.channelIds().get(0));
    }

    Model model() {
        return model;
    }

    SimulationConfig config() {
        return config;
    }

    /** True with a probability of one in {@code count}. */
    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> @Nullable T pick(List<T> all) {
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    @Nullable
    ModelConnection pickConnection(Predicate<ModelConnection> which) {
        return pick(model.connections().stream().filter(which).toList());
    }

    @Nullable
    ModelConnection confirmedConnection() {
        return pickConnection(one -> one.confirmed);
    }

    /** One of the channels that a connection is in. */
    ModelChannel anyChannelOf(ModelConnection connection) {
        return model.channel(connection.channelIds().get(below(connection.channels.size())));
    }

    @Nullable
    SimulatedUser pickUser(Predicate<SimulatedUser> which) {
        return pick(users.stream().filter(which).toList());
    }

    boolean isRegistered(String name) {
        String key = ChannelView.key(name);
        return users.stream()
                .anyMatch(user -> user.hasAccount() && user.defaultName().equals(key));
    }

    SimulatedClient open(SimulatedClient.ConnectOptions options) {
        return SimulatedClient.open(server.port(), options);
    }

    /** Waits until the server has processed all disconnects; the reply to the ping shows that it has finished. */
    void awaitDisconnects() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> server.weirServer().connectionCount()
                        == model.connections().size());
        if (!model.connections().isEmpty()) {
            model.connections().get(0).client.request("{'type':'ping'");
        }
    }

    /** Advances the server and the model by one second. */
    void tick() {
        server.advance(Duration.ofSeconds(1));
        model.tick();
    }

    /** Answers heartbeats, and reads everything that the server has sent to each client. */
    void settle() {
        for (ModelConnection connection : model.connections()) {
            SimulatedClient client = connection.client;
            if (client.answering() && !client.answersPings()) {
                client.send("{'type':'heartbeat'");
                connection.lastHeartbeatAt = model.now();
            }
            connection
                    .channels
                    .keySet()
                    .forEach(channel -> client.send("{'type':'users'" + client.channelField(channel)));
            client.flush();
        }
        for (ModelConnection connection : model.connections()) {
            try {
                connection.client.awaitRepliesWithoutErrors();
                connection.client.awaitChannels(connection.channels.keySet());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(connection + ": " + e.getMessage(), e);
            }
        }
        List<ModelConnection> ponged = model.connections().stream()
                .filter(connection -> connection.client.takeHasPonged())
                .toList();
        // The reply shows that the server has processed the pong before time advances.
        ponged.forEach(connection -> {
            connection.client.send("{'type':'ping'");
            connection.client.flush();
        });
        ponged.forEach(connection -> {
            connection.client.awaitRepliesWithoutErrors();
            connection.lastHeartbeatAt = model.now();
        });
    }
}
