package chat.weir.functional;

import chat.weir.simulation.Simulation;
import chat.weir.simulation.SimulationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred simulated users perform random actions. After every step, each client's state must equal the expected
 * one.
 *
 * <p>{@code -Dsimulation.seed=…} repeats a run, {@code -Dsimulation.seconds=…} sets the total duration.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class PeopleSimulationTest {
    private static final int CONFIGS = 3;
    private static final long SEED = Long.getLong("simulation.seed", System.nanoTime());
    private static final Duration DURATION =
            Duration.ofMillis(1_000L * Integer.getInteger("simulation.seconds", 30) / CONFIGS);

    @TempDir
    private Path directory;

    private static void run(SimulationConfig config) {
        int steps = new Simulation(config, SEED).run(DURATION);
        System.out.println("simulation seed=" + SEED + " steps=" + steps + " " + config);
    }

    @Test
    void everyClientSeesAllUsersAndMessages() {
        run(new SimulationConfig(2, 7, 200, "jdbc:sqlite:" + directory.resolve("weir.db")));
    }

    @Test
    void everyClientSeesAllUsersAndMessagesOnOneCoreWithoutADatabase() {
        run(new SimulationConfig(1, 7, 200, "none"));
    }

    @Test
    void everyClientSeesTheNumberOfUsersAboveTheListLimit() {
        run(new SimulationConfig(2, 4, 20, "none"));
    }
}
