package chat.weir.functional;

import chat.weir.simulation.Scene;
import chat.weir.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred people who do everything that people do, in any order: at every step each client believes what is true.
 *
 * <p>{@code -Dsimulation.seed=…} plays a seed again, {@code -Dsimulation.seconds=…} plays all together for so long.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class PeopleSimulationTest {
    private static final int SCENES = 3;
    private static final long SEED = Long.getLong("simulation.seed", System.nanoTime());
    private static final Duration EACH =
            Duration.ofMillis(1_000L * Integer.getInteger("simulation.seconds", 30) / SCENES);

    @TempDir
    private Path directory;

    private static void play(Scene scene) {
        int steps = new Simulation(scene, SEED).play(EACH);
        System.out.println("simulation seed=" + SEED + " steps=" + steps + " " + scene);
    }

    @Test
    void everybodyKnowsWhoIsHereAndWhatIsSaid() {
        play(new Scene(2, 7, 200, "jdbc:sqlite:" + directory.resolve("weir.db")));
    }

    @Test
    void everybodyKnowsThatTooOnASmallMachineThatKeepsNothing() {
        play(new Scene(1, 7, 200, "none"));
    }

    @Test
    void everybodyKnowsHowManyAreHereWhereTheyAreTooManyToList() {
        play(new Scene(2, 4, 20, "none"));
    }
}
