package chat.weir.bench;

import chat.weir.bench.load.Dialect;
import chat.weir.bench.load.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that takes part in the benchmark: its command line, and the scenarios that it supports. */
interface Contender {
    /** The name in settings and tables. */
    String title();

    boolean takesPartIn(Scenario scenario);

    Dialect dialect();

    /** Whether its senders must take a name before they may send. */
    boolean requiresLogin();

    /** Whether each arriving client joins a channel of its own. */
    default boolean separatesArrivals() {
        return false;
    }

    /** The time limit for arrivals. */
    default Duration timeLimit(Settings settings) {
        return settings.bound();
    }

    /** The command that runs the server as the process that is started, so that its CPU time can be measured. */
    List<String> command(Scenario scenario, Settings settings, int port);

    Map<String, String> environment();
}
