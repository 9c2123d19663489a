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
 * The people, the server that they are at, and chance.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Crowd {
    private static final int ACCOUNTS = 6;
    private static final String PASSWORD = "correct horse";

    private final TestServer server;
    private final Scene scene;
    private final Model model;
    private final Random random;
    private final List<Human> humans = new ArrayList<>();

    Crowd(TestServer server, TestApi api, Scene scene, Random random) {
        this.server = server;
        this.scene = scene;
        this.model = new Model(scene.listLimit());
        this.random = random;
        for (int i = 0; i < Scene.PEOPLE; i++) {
            String name = (i < ACCOUNTS ? "account" : "guest") + i;
            humans.add(new Human(name, i < ACCOUNTS ? token(api, name) : null));
        }
    }

    private static String token(TestApi api, String name) {
        assertEquals(201, api.register(name, PASSWORD).status());
        return api.logIn(name, PASSWORD);
    }

    Model model() {
        return model;
    }

    Scene scene() {
        return scene;
    }

    /** One time in so many. */
    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> @Nullable T any(List<T> all) {
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    @Nullable
    Seat seat(Predicate<Seat> which) {
        return any(model.seats().stream().filter(which).toList());
    }

    @Nullable
    Human human(Predicate<Human> which) {
        return any(humans.stream().filter(which).toList());
    }

    boolean isRegistered(String name) {
        String key = View.key(name);
        return humans.stream()
                .anyMatch(human -> human.hasAccount() && human.favourite().equals(key));
    }

    Client open(Client.Entrance entrance) {
        return Client.open(server.port(), entrance);
    }

    /** Until the server knows who is gone: the thread that notices it answers nothing else before it is done. */
    void awaitGone() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        server.weirServer().connectionCount() == model.seats().size());
        if (!model.seats().isEmpty()) {
            model.seats().get(0).client.ask("{'type':'ping'");
        }
    }

    /** A second passes. */
    void tick() {
        server.advance(Duration.ofSeconds(1));
        model.tick();
    }

    /** Everybody alive says so, and everybody reads until there is nothing more. */
    void rest() {
        for (Seat seat : model.seats()) {
            Client client = seat.client;
            if (client.answering() && !client.pongs()) {
                client.send("{'type':'heartbeat'");
                seat.heardAt = model.now();
            }
            seat.rooms.keySet().forEach(room -> client.send("{'type':'users'" + client.about(room)));
            client.flush();
        }
        for (Seat seat : model.seats()) {
            try {
                seat.client.finishWithoutErrors();
                seat.client.awaitChannels(seat.rooms.keySet());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(seat + ": " + e.getMessage(), e);
            }
        }
        List<Seat> ponged = model.seats().stream()
                .filter(seat -> seat.client.takeHasPonged())
                .toList();
        // Behind a pong, so that it has been heard before time moves.
        ponged.forEach(seat -> {
            seat.client.send("{'type':'ping'");
            seat.client.flush();
        });
        ponged.forEach(seat -> {
            seat.client.finishWithoutErrors();
            seat.heardAt = model.now();
        });
    }
}
