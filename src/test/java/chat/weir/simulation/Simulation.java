package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Plays a crowd, and compares what everybody believes with what is true: after every few acts, while time stands still,
 * and after every second that passes. Rejected: after every act, which finds the same faults, and fewer of them in the
 * same time, since nearly all of it goes into asking two hundred people who is here.
 *
 * <p>All is decided by a seed and done by one thread, so that a seed plays the same acts again, in whatever time.
 *
 * <p>Threading: confined to the test's thread.
 */
public final class Simulation {
    private static final int MOST_ACTS = 8;
    private static final int FIRST_COMERS = 2 * Scene.PEOPLE;
    private static final int KEPT_ACTS = 30;

    private final Scene scene;
    private final long seed;
    private final Random random;
    private final Acts acts = new Acts();
    private final Deque<String> played = new ArrayDeque<>();
    private int step;

    public Simulation(Scene scene, long seed) {
        this.scene = scene;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Plays for so long, by the clock on the wall, from when most have come. @return how many steps that were */
    public int play(Duration duration) {
        try (TestServer server = scene.start()) {
            // Between two slots of heartbeats.
            server.advance(Duration.ofMillis(10));
            TestApi api = new TestApi(server.port());
            Crowd crowd = new Crowd(server, api, scene, random);
            Oracle oracle = new Oracle(crowd.model(), api, scene);
            for (int i = 0; i < FIRST_COMERS; i++) {
                record(i % 2 == 0 ? Coming.connect(crowd) : Coming.identify(crowd));
            }
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() - end < 0) {
                step++;
                step(crowd, oracle);
                assertEquals(0, server.failures(), "how often the server has given itself up");
            }
            return step;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\nin step " + step + " of -Dsimulation.seed=" + seed + " at " + scene
                            + "\nafter these acts:\n  " + String.join("\n  ", played),
                    e);
        }
    }

    private void step(Crowd crowd, Oracle oracle) {
        int count = 1 + random.nextInt(MOST_ACTS);
        for (int i = 0; i < count; i++) {
            record(acts.any(random).play(crowd));
        }
        crowd.rest();
        oracle.compare(false);
        if (random.nextInt(3) > 0) {
            crowd.tick();
            record("a second passes");
            crowd.rest();
            oracle.compare(true);
        }
    }

    private void record(@Nullable String act) {
        if (act != null) {
            played.add(step + ": " + act);
            if (played.size() > KEPT_ACTS) {
                played.remove();
            }
        }
    }
}
