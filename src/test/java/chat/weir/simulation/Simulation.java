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
 * Performs random actions, and compares all clients with the model: after every few actions, and after every second of
 * simulated time. A comparison after every action was rejected: it finds the same faults but fewer of them in the same
 * time, because comparing two hundred clients takes nearly all of it.
 *
 * <p>A single thread draws all random numbers from one seed, so a seed reproduces its sequence of actions.
 *
 * <p>Threading: confined to the test's thread.
 */
public final class Simulation {
    private static final int MAX_ACTIONS_PER_STEP = 8;
    private static final int INITIAL_ACTIONS = 2 * SimulationConfig.USERS;
    private static final int REPORTED_ACTIONS = 30;

    private final SimulationConfig config;
    private final long seed;
    private final Random random;
    private final ActionMix actions = new ActionMix();
    private final Deque<String> performed = new ArrayDeque<>();
    private int step;

    public Simulation(SimulationConfig config, long seed) {
        this.config = config;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Runs for a duration in real time, after an initial phase that connects most users. @return the number of steps */
    public int run(Duration duration) {
        try (TestServer server = config.start()) {
            // Actions take place between two heartbeats.
            server.advance(Duration.ofMillis(10));
            TestApi api = new TestApi(server.port());
            SimulationContext context = new SimulationContext(server, api, config, random);
            Oracle oracle = new Oracle(context.model(), api, config);
            for (int i = 0; i < INITIAL_ACTIONS; i++) {
                record(i % 2 == 0 ? ConnectionActions.connect(context) : ConnectionActions.identify(context));
            }
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() - end < 0) {
                step++;
                step(context, oracle);
                assertEquals(0, server.failures(), "failures of the server");
            }
            return step;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\nin step " + step + " of -Dsimulation.seed=" + seed + " with " + config
                            + "\nafter these actions:\n  " + String.join("\n  ", performed),
                    e);
        }
    }

    private void step(SimulationContext context, Oracle oracle) {
        int count = 1 + random.nextInt(MAX_ACTIONS_PER_STEP);
        for (int i = 0; i < count; i++) {
            record(actions.any(random).perform(context));
        }
        context.settle();
        oracle.compare(false);
        if (random.nextInt(3) > 0) {
            context.tick();
            record("one second passes");
            context.settle();
            oracle.compare(true);
        }
    }

    private void record(@Nullable String action) {
        if (action != null) {
            performed.add(step + ": " + action);
            if (performed.size() > REPORTED_ACTIONS) {
                performed.remove();
            }
        }
    }
}
